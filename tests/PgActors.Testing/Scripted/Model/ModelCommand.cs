namespace PgActors.Testing;

/// <summary>One statement of the model's language, read.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Sql">Its text, trimmed.</param>
internal sealed record ModelCommand(ModelCommandKind Kind, string Sql)
{
    /// <summary>The statement of an empty text.</summary>
    public static ModelCommand Empty { get; } = new(ModelCommandKind.Empty, "");

    /// <summary>The name that is waited for, or the SQLSTATE.</summary>
    public string Argument { get; init; } = "";

    /// <summary>The text of an error or notice.</summary>
    public string Message { get; init; } = "";

    /// <summary>How many rows it has.</summary>
    public int RowCount { get; init; }

    /// <summary>What a <c>select</c> selects.</summary>
    public IReadOnlyList<ModelItem> Items { get; init; } = [];

    /// <summary>The highest number of a parameter in the text.</summary>
    public int ParameterCount => Items.Count == 0 ? 0 : Items.Max(item => item.Parameter);

    /// <summary>Whether it returns rows, be they none.</summary>
    public bool ReturnsRows => Kind is ModelCommandKind.Select or ModelCommandKind.Rows;

    /// <summary>Whether a failed transaction block still takes it.</summary>
    public bool EndsTransaction => Kind is ModelCommandKind.Commit or ModelCommandKind.Rollback;
}
