using System.Reflection;

namespace PgActors.Engine.Tests.Errors;

public sealed class SqlStatesTests
{
    private static readonly string[] All =
    [
        .. typeof(SqlStates).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!),
    ];

    [Fact]
    public void Codes_are_the_262_of_PostgreSQL_18_and_well_formed()
    {
        Assert.Equal(262, All.Length);
        Assert.Equal(All.Length, All.Distinct().Count());
        Assert.All(All, code => Assert.Matches("^[0-9A-Z]{5}$", code));
        Assert.Contains("10608", All);
        Assert.Contains("25P04", All);
        Assert.Contains("58P03", All);
    }

    [Fact]
    public void Transient_codes_are_exactly_those_that_may_pass_by_themselves()
    {
        string[] transient =
        [
            "08000", "08001", "08003", "08004", "08006", "25P03", "40001", "40P01", "53000", "53100", "53200", "53300", "53400", "55006",
            "55P03", "57P01", "57P02", "57P03", "57P05", "58000", "58030",
        ];
        Assert.Equal(transient, All.Where(SqlStates.IsTransient).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("4000")]
    [InlineData("99999")]
    [InlineData("40p01")]
    public void Unknown_codes_are_not_transient(string? code) => Assert.False(SqlStates.IsTransient(code));
}
