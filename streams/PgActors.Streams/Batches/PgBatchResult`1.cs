using PgActors.Batches;

namespace PgActors;

/// <summary>What one command of a batch gave, once the batch has run.</summary>
/// <typeparam name="T">A count, a row or a list of rows.</typeparam>
public abstract class PgBatchResult<T> : PgBatchResult
{
    private T _result = default!;

    private protected PgBatchResult(int index)
        : base(index)
    {
    }

    /// <summary>What the command gave.</summary>
    /// <exception cref="InvalidOperationException">The batch has not run yet; or one row was expected and another number came.</exception>
    /// <exception cref="PgException">The command failed, or did not take effect because another one failed.</exception>
    /// <exception cref="PgCanceledException">The batch was cancelled before the command had ended.</exception>
    /// <exception cref="PgMappingException">A row does not fit <typeparamref name="T"/>. What the command did is done.</exception>
    public T Result
    {
        get
        {
            ThrowIfNone();
            return _result;
        }
    }

    private protected sealed override void Take(SeriesStep step) => _result = Read(step);

    private protected abstract T Read(SeriesStep step);
}
