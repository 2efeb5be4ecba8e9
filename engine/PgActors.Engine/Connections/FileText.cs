namespace PgActors;

/// <summary>What the shell read from a file that the connection options name, such as the password file.</summary>
/// <param name="Text">The whole text, decoded as UTF-8.</param>
/// <param name="IsPrivate">Whether it is a regular file that only its owner can open (on Unix: no permission for group or others; on
/// Windows always true). A password file that is not private is ignored, with a warning.</param>
public sealed record FileText(string Text, bool IsPrivate = true)
{
    /// <summary>The length only: the text may hold passwords.</summary>
    public override string ToString() => $"FileText({Text.Length} characters)";
}
