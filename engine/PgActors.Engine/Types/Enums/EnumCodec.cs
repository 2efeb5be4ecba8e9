using System.Buffers;
using System.Text;
using System.Text.Unicode;
using PgActors.Protocol;

namespace PgActors.Types;

/// <summary>An enum: its label, in both forms (PostgreSQL source, enum_send). A member's label is that of its <see cref="PgNameAttribute"/>;
/// else that of the type's labels which is the same but for case, underscores, blanks and hyphens (<c>VeryHappy</c> is
/// <c>very_happy</c>); else its name in snake case.</summary>
internal sealed class EnumCodec<TEnum> : PgCodec<TEnum>
    where TEnum : struct, Enum
{
    private readonly Dictionary<string, TEnum> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TEnum>.AlternateLookup<ReadOnlySpan<char>> _byLabel;
    private readonly Dictionary<TEnum, byte[]> _labels = [];

    // For labels that came after the type was looked up.
    private readonly Dictionary<string, TEnum> _alike = new(StringComparer.Ordinal);

    /// <summary>Ties members and labels.</summary>
    /// <param name="members">The .NET enum's members.</param>
    /// <param name="labels">The type's labels; empty if they are not known.</param>
    internal EnumCodec(EnumMember<TEnum>[] members, IReadOnlyList<string> labels)
    {
        _byLabel = _members.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var member in members)
        {
            var label = member.Label ?? Choose(member.Name, labels);
            if (member.Label is null)
                _alike.TryAdd(Normalize(member.Name), member.Value);
            _members.TryAdd(label, member.Value);
            _labels.TryAdd(member.Value, Encoding.UTF8.GetBytes(label));
        }
    }

    public override string Limits
        => $"{typeof(TEnum).Name} has no member for the label. Add one, or say with [PgName(\"…\")] which one it is.";

    public override DecodeStatus ReadBinary(ReadOnlySpan<byte> source, out TEnum value)
    {
        value = default;

        // NAMEDATALEN: a label has at most 63 bytes, so no more characters either (PostgreSQL source, enum_in).
        Span<char> label = stackalloc char[64];
        if (Utf8.ToUtf16(source, label, out _, out var length, replaceInvalidSequences: false) != OperationStatus.Done)
            return DecodeStatus.Malformed;
        return _byLabel.TryGetValue(label[..length], out value) || _alike.TryGetValue(Normalize(label[..length].ToString()), out value)
            ? DecodeStatus.Ok
            : DecodeStatus.OutOfRange;
    }

    public override DecodeStatus ReadText(ReadOnlySpan<byte> source, out TEnum value) => ReadBinary(source, out value);

    public override void WriteBinary(WireWriter writer, TEnum value)
    {
        if (!_labels.TryGetValue(value, out var label))
            throw new ArgumentException($"The number is no member of {typeof(TEnum).Name}, so there is no label for it.", nameof(value));
        writer.WriteBytes(label);
    }

    public override void WriteText(WireWriter writer, TEnum value) => WriteBinary(writer, value);

    private static string Choose(string member, IReadOnlyList<string> labels)
    {
        var snake = SnakeCase(member);
        if (labels.Count == 0 || labels.Contains(snake, StringComparer.Ordinal))
            return snake;
        var wanted = Normalize(member);
        return labels.FirstOrDefault(label => label == member)
            ?? labels.FirstOrDefault(label => Normalize(label) == wanted)
            ?? snake;
    }

    private static string Normalize(string name)
        => string.Concat(name.Where(c => c is not ('_' or '-' or ' '))).ToLowerInvariant();

    private static string SnakeCase(string name)
    {
        var result = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
                result.Append('_');
            result.Append(char.ToLowerInvariant(name[i]));
        }

        return result.ToString();
    }
}
