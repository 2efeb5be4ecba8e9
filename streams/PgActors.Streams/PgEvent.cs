namespace PgActors;

/// <summary>Something that happened inside a <see cref="PgDatabase"/>, as it happens.</summary>
public abstract record PgEvent
{
    private protected PgEvent()
    {
    }
}
