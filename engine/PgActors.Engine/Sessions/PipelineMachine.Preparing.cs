using PgActors.Rows;

namespace PgActors.Sessions;

/// <content>What comes before the first row: the statement is closed, parsed, described and bound.</content>
public sealed partial class PipelineMachine
{
    /// <summary>CloseComplete arrived.</summary>
    public SessionEffects OnCloseComplete()
    {
        if (!Takes(Reply.CloseComplete))
            return Violation(Reply.CloseComplete);
        Current.Step = AfterClose(Current.Shape);
        return new SessionEffect(SessionEffectKind.Closed, Head);
    }

    /// <summary>ParseComplete arrived.</summary>
    public SessionEffects OnParseComplete()
    {
        if (!Takes(Reply.ParseComplete))
            return Violation(Reply.ParseComplete);
        Current.Step = Current.Shape.DescribesFirst ? ReplyStep.Parameters : ReplyStep.Bind;
        return new SessionEffect(SessionEffectKind.StatementPrepared, Head);
    }

    /// <summary>ParameterDescription arrived.</summary>
    public SessionEffects OnParameterDescription()
    {
        if (!Takes(Reply.ParameterDescription))
            return Violation(Reply.ParameterDescription);
        Current.Step = ReplyStep.Description;
        return SessionEffects.None;
    }

    /// <summary>The Bind that <see cref="SessionEffectKind.SendBind"/> asked for was written, and what stands behind it.</summary>
    public void OnBound(RequestId id)
    {
        if (IndexOf(id) is { } index)
            _queue[index].OwesBind = false;
    }

    /// <summary>BindComplete arrived.</summary>
    public SessionEffects OnBindComplete()
    {
        if (!Takes(Reply.BindComplete) || Current.OwesBind)
            return Violation(Reply.BindComplete);
        Current.Step = Current.Shape.Describes ? ReplyStep.Description : ReplyStep.Rows;
        return SessionEffects.None;
    }

    /// <summary>RowDescription arrived.</summary>
    public SessionEffects OnRowDescription(RowLayout layout)
    {
        if (!Takes(Reply.RowDescription))
            return Violation(Reply.RowDescription);
        return Described(Current.Step == ReplyStep.SimpleResults ? ReplyStep.SimpleRows : ReplyStep.Rows, layout);
    }

    /// <summary>NoData arrived: the statement returns no rows.</summary>
    public SessionEffects OnNoData()
    {
        if (!Takes(Reply.NoData))
            return Violation(Reply.NoData);
        return Described(ReplyStep.Rows, RowLayout.Empty);
    }

    private SessionEffects Described(ReplyStep next, RowLayout layout)
    {
        var isBoundNow = Current.OwesBind;
        Current.Step = isBoundNow ? ReplyStep.Bind : next;
        return new SessionEffects(
            new SessionEffect(SessionEffectKind.Describe, Head, layout),
            isBoundNow ? SendUnlessHeld(SessionEffectKind.SendBind) : SessionEffect.None);
    }
}
