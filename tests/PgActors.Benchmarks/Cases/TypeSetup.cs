using Npgsql;
using PgActors.Types;

namespace PgActors.Benchmarks.Cases;

/// <summary>A type to be measured.</summary>
/// <param name="Type">Its name in SQL.</param>
/// <param name="Expression">The i-th value, cast to the type.</param>
internal sealed record TypeSetup(string Type, string Expression)
{
    /// <summary>What cases call it; <see langword="null"/> for its name.</summary>
    public string? Label { get; init; }

    /// <summary>Whether parameters must say their type, since the .NET type is written as another by itself.</summary>
    public bool IsExplicit { get; init; }

    /// <summary>The extension that has it; <see langword="null"/> if it is built in or made by <see cref="Creation"/>.</summary>
    public string? Extension { get; init; }

    /// <summary>The statement that makes it; <see langword="null"/> if it is there.</summary>
    public string? Creation { get; init; }

    /// <summary>Adds what PgActors must be told of it.</summary>
    public Func<PgTypeRegistry, PgTypeRegistry> Types { get; init; } = static types => types;

    /// <summary>Adds what Npgsql must be told of it.</summary>
    public Action<NpgsqlDataSourceBuilder> Npgsql { get; init; } = static _ => { };

    /// <summary>Whether Npgsql has nothing for it.</summary>
    public bool IsOursAlone { get; init; }

    public string Name => Label is null ? Type.Trim('"') : $"{Type}-{Label}";
}
