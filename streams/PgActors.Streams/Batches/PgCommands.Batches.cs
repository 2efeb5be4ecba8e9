namespace PgActors;

/// <content>Several commands at once.</content>
public abstract partial class PgCommands
{
    /// <summary>Makes an empty batch, to be filled and run.</summary>
    /// <param name="mode">Whether its commands share a fate.</param>
    public PgBatch CreateBatch(BatchMode mode) => new(_route, Types, mode);
}
