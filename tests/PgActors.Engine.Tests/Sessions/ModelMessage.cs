namespace PgActors.Engine.Tests.Sessions;

/// <summary>The frontend messages that a random run sends.</summary>
internal enum ModelMessage
{
    Close,
    Parse,
    DescribeStatement,
    Bind,
    Describe,
    Execute,
    Sync,
    Query,
}
