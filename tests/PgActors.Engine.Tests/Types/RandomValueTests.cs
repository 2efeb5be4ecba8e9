using PgActors.Protocol;
using PgActors.Testing.Values;
using PgActors.Types;

namespace PgActors.Engine.Tests.Types;

/// <summary>What is written is read back as it was, in both forms, for values of all kinds.</summary>
public sealed class RandomValueTests
{
    private const int Rounds = 2000;
    private const int Seed = 20_000_101;

    public static TheoryData<string> Names => [.. RandomCases.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Value_survives_both_forms(string name) => Assert.Equal(Rounds, RandomCases.Get(name).Accept(new RoundTrip()));

    private sealed class RoundTrip : IRandomCaseVisitor<int>
    {
        public int Visit<T>(RandomCase<T> typed)
        {
            var random = new Random(Seed);
            using var writer = new WireWriter();
            var codec = typed.Codec;
            var survived = 0;
            for (var round = 0; round < Rounds; round++)
            {
                var value = typed.Next(random);
                writer.Clear();
                codec.WriteBinary(writer, value);
                Assert.Equal(DecodeStatus.Ok, codec.ReadBinary(writer.WrittenSpan, out var fromBinary));
                Assert.Equal(value, fromBinary);
                writer.Clear();
                codec.WriteText(writer, value);
                Assert.Equal(DecodeStatus.Ok, codec.ReadText(writer.WrittenSpan, out var fromText));
                Assert.Equal(value, fromText);
                survived++;
            }

            return survived;
        }
    }
}
