namespace PgActors;

/// <summary>How much a place in a document counts, as <c>setweight</c> marks it (PostgreSQL documentation, "tsvector").</summary>
public enum PgLexemeWeight
{
    /// <summary>D, which is not printed: no weight was given.</summary>
    D = 0,

    /// <summary>C.</summary>
    C = 1,

    /// <summary>B.</summary>
    B = 2,

    /// <summary>A, the heaviest: a title, say.</summary>
    A = 3,
}
