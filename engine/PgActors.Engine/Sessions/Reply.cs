namespace PgActors.Sessions;

/// <summary>What a server may answer to a command, by the names of the messages; several make a set.</summary>
[Flags]
internal enum Reply
{
    None = 0,
    CloseComplete = 1 << 0,
    ParseComplete = 1 << 1,
    BindComplete = 1 << 2,
    RowDescription = 1 << 3,
    NoData = 1 << 4,
    DataRow = 1 << 5,
    CommandComplete = 1 << 6,
    EmptyQueryResponse = 1 << 7,
    PortalSuspended = 1 << 8,
    CopyInResponse = 1 << 9,
    CopyOutResponse = 1 << 10,
    CopyData = 1 << 11,
    CopyDone = 1 << 12,
    ErrorResponse = 1 << 13,
    ReadyForQuery = 1 << 14,
    ParameterDescription = 1 << 15,
}
