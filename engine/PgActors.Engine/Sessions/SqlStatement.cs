using System.Text;

namespace PgActors.Sessions;

/// <summary>
/// The text of a statement with the types of its parameters: what a server prepares. Made once and used by reference, so that a session
/// finds what it has prepared without hashing text. Immutable; safe to share between threads.
/// </summary>
public sealed class SqlStatement
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _utf8;
    private readonly uint[] _parameterTypes;

    /// <summary>Makes a statement.</summary>
    /// <param name="text">One statement with <c>$1</c>, <c>$2</c> … for its parameters.</param>
    /// <param name="parameterTypes">An OID for each parameter; 0 lets the server infer it.</param>
    /// <exception cref="ArgumentException">The text holds U+0000 or a lone surrogate, or there are over 65,535 parameters (the count is
    /// an unsigned 16-bit number on the wire).</exception>
    public SqlStatement(string text, ReadOnlySpan<uint> parameterTypes = default)
    {
        if (text.Contains('\0'))
            throw new ArgumentException("A statement cannot hold the character U+0000.", nameof(text));
        if (parameterTypes.Length > ushort.MaxValue)
        {
            throw new ArgumentException(
                $"The statement has {parameterTypes.Length:N0} parameters; PostgreSQL takes at most 65,535. Pass an array and use "
                + "'= any($1)' or 'unnest($1)', or COPY the values.",
                nameof(parameterTypes));
        }

        Text = text;
        _utf8 = StrictUtf8.GetBytes(text);
        _parameterTypes = parameterTypes.ToArray();
        Verb = StatementScanner.VerbOf(text);
        Safety = StatementScanner.SafetyOf(text);
        StandsAlone = TransactionBlockRule.Forbids(text);
        Need = StatementScanner.NeedOf(text);
        Traces = StatementScanner.TracesOf(text);
        MayWrite = StatementScanner.MayWrite(text);
        MayReturnValues = StatementScanner.MayReturnValues(text);
    }

    /// <summary>The statement's text.</summary>
    public string Text { get; }

    /// <summary>The text in UTF-8, without a terminator.</summary>
    public ReadOnlySpan<byte> Utf8 => _utf8;

    /// <summary>An OID for each parameter; 0 lets the server infer it.</summary>
    public ReadOnlySpan<uint> ParameterTypes => _parameterTypes;

    /// <summary>What the statement begins with.</summary>
    public StatementVerb Verb { get; }

    /// <summary>What the statement can leave behind although it failed.</summary>
    public StatementSafety Safety { get; }

    /// <summary>Why the statement cannot run on a session that others share, as far as its text shows.</summary>
    public SessionNeed Need { get; }

    /// <summary>What the statement can leave behind in its session.</summary>
    public SessionTraces Traces { get; }

    /// <summary>Whether the statement writes, as far as its text tells.</summary>
    public bool MayWrite { get; }

    /// <summary>Whether the statement may return values of other types than text, as far as its text tells.</summary>
    public bool MayReturnValues { get; }

    /// <summary>Whether the statement cannot be a part of a transaction, as far as its text shows (VACUUM, CREATE DATABASE …).</summary>
    public bool StandsAlone { get; }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
