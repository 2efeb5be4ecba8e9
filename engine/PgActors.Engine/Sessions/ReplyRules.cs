namespace PgActors.Sessions;

/// <summary>The protocol's order of replies as one table (PostgreSQL documentation, "Message Flow"). NoticeResponse, ParameterStatus and
/// NotificationResponse are in no row: they may come anywhere.</summary>
internal static class ReplyRules
{
    /// <summary>What may arrive at a step.</summary>
    public static Reply Takes(ReplyStep step) => step switch
    {
        ReplyStep.Close => Reply.CloseComplete | Reply.ErrorResponse,
        ReplyStep.Parse => Reply.ParseComplete | Reply.ErrorResponse,
        ReplyStep.Parameters => Reply.ParameterDescription | Reply.ErrorResponse,
        ReplyStep.Bind => Reply.BindComplete | Reply.ErrorResponse,
        ReplyStep.Description => Reply.RowDescription | Reply.NoData | Reply.ErrorResponse,
        ReplyStep.Rows => Reply.DataRow | Reply.CommandComplete | Reply.EmptyQueryResponse | Reply.PortalSuspended
            | Reply.CopyInResponse | Reply.CopyOutResponse | Reply.ErrorResponse,
        ReplyStep.Suspended => Reply.None,
        ReplyStep.CopyRefused => Reply.ErrorResponse,
        ReplyStep.CopyOut => Reply.CopyData | Reply.CopyDone | Reply.ErrorResponse,
        ReplyStep.SimpleResults => Reply.RowDescription | Reply.CommandComplete | Reply.EmptyQueryResponse
            | Reply.CopyInResponse | Reply.CopyOutResponse | Reply.ErrorResponse | Reply.ReadyForQuery,
        ReplyStep.SimpleRows => Reply.DataRow | Reply.CommandComplete | Reply.ErrorResponse,
        ReplyStep.Skipping => Reply.ErrorResponse,
        ReplyStep.Ready => Reply.ErrorResponse | Reply.ReadyForQuery,
    };

    /// <summary>Whether the server can have begun to execute a command whose replies got as far as this.</summary>
    public static bool HasBegun(ReplyStep step) => step switch
    {
        ReplyStep.Close or ReplyStep.Parse or ReplyStep.Parameters or ReplyStep.Bind or ReplyStep.Description or ReplyStep.Skipping => false,
        ReplyStep.Rows or ReplyStep.Suspended or ReplyStep.CopyRefused or ReplyStep.CopyOut or ReplyStep.SimpleResults
            or ReplyStep.SimpleRows or ReplyStep.Ready => true,
    };

    /// <summary>What a command is doing at a step, in a user's words.</summary>
    public static CommandPhase PhaseOf(ReplyStep step) => step switch
    {
        ReplyStep.Close or ReplyStep.Parse or ReplyStep.Parameters or ReplyStep.Bind or ReplyStep.Description or ReplyStep.Skipping
            => CommandPhase.Preparing,
        ReplyStep.Rows or ReplyStep.Suspended or ReplyStep.SimpleResults or ReplyStep.SimpleRows => CommandPhase.Executing,
        ReplyStep.CopyRefused or ReplyStep.CopyOut => CommandPhase.Copying,
        ReplyStep.Ready => CommandPhase.Completing,
    };

    /// <summary>Whether there is something left that a cancel could stop.</summary>
    public static bool CanBeCancelled(ReplyStep step) => step switch
    {
        ReplyStep.Close or ReplyStep.Parse or ReplyStep.Parameters or ReplyStep.Bind or ReplyStep.Description or ReplyStep.Rows
            or ReplyStep.CopyOut or ReplyStep.SimpleResults or ReplyStep.SimpleRows => true,
        ReplyStep.Suspended or ReplyStep.CopyRefused or ReplyStep.Skipping or ReplyStep.Ready => false,
    };
}
