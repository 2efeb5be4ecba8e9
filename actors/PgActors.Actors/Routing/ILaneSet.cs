namespace PgActors.Routing;

/// <summary>The lanes that a governor watches. Called inside the governor's turns.</summary>
internal interface ILaneSet
{
    /// <summary>How many lanes there are, how many are connected, and the commands that wait or are in flight in all of them.</summary>
    (int Lanes, int Ready, long Load) Sample();

    /// <summary>Adds a lane.</summary>
    void Grow(string reason);

    /// <summary>Ends a lane.</summary>
    void Shrink(string reason);

    /// <summary>Ends all of them.</summary>
    void Stop();
}
