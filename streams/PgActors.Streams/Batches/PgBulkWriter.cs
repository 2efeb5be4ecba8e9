using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using PgActors.Batches;
using PgActors.Routes;
using PgActors.Sessions;
using PgActors.Statements;
using PgActors.Types;

namespace PgActors;

/// <summary>Takes the commands that a bulk's items are made into. It is handed to the caller's function with each item, and is only good until
/// that returns.</summary>
public sealed class PgBulkWriter
{
    // See PgCommands.
    private const int InterpolationFirst = 1;

    private readonly CommandRoute _route;

    // The same statement as before need not be looked at again.
    private SqlStatement? _checked;

    internal PgBulkWriter(CommandRoute route, TypeSource types)
    {
        _route = route;
        Types = types;
    }

    internal TypeSource Types { get; }

    internal CommandSeries Series { get; set; } = null!;

    /// <summary>Adds a command for the item. Mostly one for each, and the same statement for all: then it is prepared once.</summary>
    /// <param name="sql">The statement; its values become parameters.</param>
    /// <exception cref="PgUsageException">The statement cannot go where the bulk goes, or a value has no form there.</exception>
    [OverloadResolutionPriority(InterpolationFirst)]
    public void Add([InterpolatedStringHandlerArgument("")] ref PgSqlHandler sql) => Add(sql.ToCommand());

    /// <inheritdoc cref="Add(ref PgSqlHandler)"/>
    public void Add([ConstantExpected] string sql) => Add(new PgCommand(StatementTexts.Find(sql), null));

    internal ParameterBuffer BeginParameters() => Series.BeginParameters();

    private void Add(in PgCommand command)
    {
        if (command.Pending is null && !ReferenceEquals(command.Statement, _checked))
        {
            _route.Check(command.Statement);
            _checked = command.Statement;
        }

        Series.Add(command, null);
    }
}
