namespace PgActors.Engine.Tests.Sessions;

internal static class Chaining
{
    /// <summary>Does something with a value on the way.</summary>
    public static T Also<T>(this T value, Action<T> act)
    {
        act(value);
        return value;
    }
}
