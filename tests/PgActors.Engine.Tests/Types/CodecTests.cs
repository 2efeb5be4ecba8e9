using PgActors.Types;

namespace PgActors.Engine.Tests.Types;

public sealed class CodecTests
{
    public static TheoryData<string> Names => [.. CodecCases.All.Select(c => c.Name)];

    public static TheoryData<string> SelfDelimiting => [.. CodecCases.All.Where(c => c.IsSelfDelimiting).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_is_read_from_both_forms(string name) => CodecCases.Get(name).CheckReads();

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_is_written_in_both_forms(string name) => CodecCases.Get(name).CheckWrites();

    [Theory]
    [MemberData(nameof(SelfDelimiting))]
    public void Binary_cut_anywhere_or_with_a_byte_more_is_malformed(string name)
    {
        var codec = CodecCases.Get(name);
        for (var length = 0; length < codec.Binary.Length; length++)
            Assert.Equal(DecodeStatus.Malformed, codec.ReadBinary(codec.Binary[..length]));
        Assert.Equal(DecodeStatus.Malformed, codec.ReadBinary([.. codec.Binary, 0]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Damaged_bytes_never_throw(string name)
    {
        var codec = CodecCases.Get(name);
        var random = new Random(12345);
        for (var round = 0; round < 2000; round++)
        {
            var bytes = codec.Binary.ToArray();
            for (var hits = random.Next(1, 4); hits > 0 && bytes.Length > 0; hits--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0)
                random.NextBytes(bytes = new byte[random.Next(64)]);
            Assert.True(Enum.IsDefined(codec.ReadBinary(bytes)));
            Assert.True(Enum.IsDefined(codec.ReadText(bytes)));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Damaged_text_never_throws(string name)
    {
        const string alphabet = "0123456789-+:. {}[]=\\\",eEtfNULBC\u00e9infinty";
        var codec = CodecCases.Get(name);
        var random = new Random(54321);
        for (var round = 0; round < 2000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(24)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            if (random.Next(2) == 0)
                text = "{" + text + "}";
            Assert.True(Enum.IsDefined(codec.ReadText(System.Text.Encoding.UTF8.GetBytes(text))));
        }
    }
}
