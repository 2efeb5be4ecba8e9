using System.Buffers.Binary;
using PgActors.Framing;
using PgActors.Protocol;

namespace PgActors.Engine.Tests.Protocol;

/// <summary>What holds for every message, fed by the samples.</summary>
public sealed class MessageTests
{
    private static readonly MessageSample[] Samples = [.. BackendSamples.All, .. FrontendSamples.All];

    public static TheoryData<int, string> Indexed => Indices(_ => true);

    public static TheoryData<int, string> WithInnerLengths => Indices(sample => sample.Counts.Length + sample.Lengths.Length > 0);

    [Theory]
    [MemberData(nameof(Indexed))]
    public void Write_gives_the_golden_bytes(int index, string name)
    {
        using var writer = new WireWriter();
        Samples[index].Message.Write(writer);
        Assert.True(Samples[index].Frame.AsSpan().SequenceEqual(writer.WrittenSpan), $"{name}: {Convert.ToHexString(writer.WrittenSpan)}");
    }

    [Theory]
    [MemberData(nameof(Indexed))]
    public void Frame_read_back_is_equal_and_hashes_equally(int index, string name)
    {
        var sample = Samples[index];
        var scan = sample.Scan(sample.Frame);
        Assert.Equal(FrameStatus.Complete, scan.Status);
        Assert.Equal(sample.Frame.Length, scan.FrameSize);
        Assert.Equal(sample.Type, scan.Header.Type);
        Assert.True(sample.TryRead(scan.Body(sample.Frame), out var message), name);
        Assert.True(sample.Message.Equals(message), name);
        Assert.Equal(sample.Message.GetHashCode(), message!.GetHashCode());
    }

    [Theory]
    [MemberData(nameof(Indexed))]
    public void Body_cut_at_any_byte_is_malformed(int index, string name)
    {
        var sample = Samples[index];
        for (var length = 0; length < sample.Body.Length; length++)
            Assert.True((length >= sample.OpenFrom) == sample.TryRead(sample.Body.AsSpan(0, length), out _), $"{name} cut at {length}");
    }

    [Theory]
    [MemberData(nameof(Indexed))]
    public void Body_with_one_byte_more_is_malformed_unless_it_ends_in_free_bytes(int index, string name)
    {
        var sample = Samples[index];
        foreach (byte extra in new byte[] { 0, (byte)'x' })
            Assert.True(sample.OpenFrom is not null == sample.TryRead([.. sample.Body, extra], out _), $"{name} and {extra}");
    }

    [Theory]
    [MemberData(nameof(WithInnerLengths))]
    public void Hostile_counts_and_lengths_inside_are_malformed(int index, string name)
    {
        var sample = Samples[index];
        foreach (var offset in sample.Counts)
        {
            foreach (var hostile in new ushort[] { 0x7FFF, 0x8000, 0xFFFF })
            {
                var body = sample.Body;
                BinaryPrimitives.WriteUInt16BigEndian(body.AsSpan(offset), hostile);
                Assert.False(sample.TryRead(body, out _), $"{name} count {hostile} at {offset}");
            }
        }

        foreach (var offset in sample.Lengths)
        {
            foreach (var hostile in new[] { -1, -2, int.MinValue, int.MaxValue, int.MaxValue - 4, 0x00FFFFFF })
            {
                var body = sample.Body;
                BinaryPrimitives.WriteInt32BigEndian(body.AsSpan(offset), hostile);
                Assert.False(sample.TryRead(body, out _), $"{name} length {hostile} at {offset}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Indexed))]
    public void Any_byte_overwritten_is_read_or_refused_without_an_exception(int index, string name)
    {
        var sample = Samples[index];
        for (var offset = 0; offset < sample.Body.Length; offset++)
        {
            foreach (byte value in new byte[] { 0, 1, 0x7F, 0x80, 0xFF })
            {
                var body = sample.Body;
                body[offset] = value;
                Assert.True(sample.TryRead(body, out var message) == message is not null, name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Indexed))]
    public void Frame_split_at_any_byte_is_incomplete_and_says_its_size(int index, string name)
    {
        var sample = Samples[index];
        var frame = sample.Frame;
        for (var length = 0; length < frame.Length; length++)
        {
            var scan = sample.Scan(frame.AsSpan(0, length));
            Assert.True(scan.Status == FrameStatus.Incomplete, $"{name} split at {length}");
            Assert.Equal(length < sample.HeaderSize ? sample.HeaderSize : frame.Length, scan.FrameSize);
        }
    }

    [Theory]
    [MemberData(nameof(Indexed))]
    public void Frame_followed_by_others_ends_where_it_ends(int index, string name)
    {
        var sample = Samples[index];
        byte[] buffer = [.. sample.Frame, .. sample.Frame, 0xFF];
        var scan = sample.Scan(buffer);
        Assert.Equal(sample.Frame.Length, scan.FrameSize);
        Assert.True(sample.TryRead(scan.Body(buffer), out var message), name);
        Assert.True(sample.Message.Equals(message), name);
    }

    [Fact]
    public void Samples_of_one_type_differ()
    {
        foreach (var group in Samples.GroupBy(sample => (sample.Message.GetType(), sample.Phase)))
            Assert.Equal(group.Count(), group.Select(sample => (object)sample.Message).Distinct().Count());
    }

    [Fact]
    public void Every_message_of_the_engine_has_a_sample()
    {
        var messages = typeof(IWireMessage).Assembly.GetTypes()
            .Where(type => type.IsValueType && type.IsAssignableTo(typeof(IWireMessage)));
        var backend = BackendSamples.All.Select(sample => sample.Message.GetType()).ToHashSet();
        var frontend = FrontendSamples.All.Select(sample => sample.Message.GetType()).ToHashSet();
        foreach (var message in messages)
        {
            Assert.True(!message.IsAssignableTo(typeof(IBackendMessage)) || backend.Contains(message), message.Name);
            Assert.True(!message.IsAssignableTo(typeof(IFrontendMessage)) || frontend.Contains(message), message.Name);
        }
    }

    [Fact]
    public void Every_type_byte_and_authentication_code_has_a_sample()
    {
        var backend = BackendSamples.All.Select(sample => (BackendMessageType)sample.Type).ToHashSet();
        var frontend = FrontendSamples.All.Select(sample => (FrontendMessageType)sample.Type).ToHashSet();
        var codes = BackendSamples.All
            .Where(sample => sample.Type == (byte)BackendMessageType.Authentication)
            .Select(sample => BackendMessages.TryReadAuthenticationCode(sample.Body, out var code) ? code : default)
            .ToHashSet();
        Assert.All(Enum.GetValues<BackendMessageType>(), type => Assert.Contains(type, backend));
        Assert.All(Enum.GetValues<FrontendMessageType>(), type => Assert.Contains(type, frontend));
        Assert.All(Enum.GetValues<AuthenticationCode>(), code => Assert.Contains(code, codes));
    }

    private static TheoryData<int, string> Indices(Func<MessageSample, bool> wanted)
    {
        var data = new TheoryData<int, string>();
        for (var i = 0; i < Samples.Length; i++)
        {
            if (wanted(Samples[i]))
                data.Add(i, Samples[i].Message.GetType().Name);
        }

        return data;
    }
}
