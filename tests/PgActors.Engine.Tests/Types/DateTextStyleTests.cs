using System.Text;
using PgActors.Sessions;
using PgActors.Types;

namespace PgActors.Engine.Tests.Types;

/// <summary>Dates and points in time as sessions print them whose DateStyle is not ISO.</summary>
public sealed class DateTextStyleTests
{
    [Theory]
    [InlineData("SQL, DMY", "01/02/2024", "2024-02-01")]
    [InlineData("SQL, MDY", "02/01/2024", "2024-02-01")]
    [InlineData("SQL, YMD", "02/01/2024", "2024-02-01")]
    [InlineData("German, MDY", "01.02.2024", "2024-02-01")]
    [InlineData("Postgres, DMY", "01-02-2024", "2024-02-01")]
    [InlineData("Postgres, MDY", "02-01-2024", "2024-02-01")]
    [InlineData("Postgres, YMD", "03-15-0044 BC", "0044-03-15 BC")]
    [InlineData("German, DMY", "31.12.5874897", "5874897-12-31")]
    [InlineData("SQL, DMY", "01/02/2024 12:34:56.789", "2024-02-01 12:34:56.789")]
    [InlineData("SQL, DMY", "01/02/2024 12:34:56+02", "2024-02-01 12:34:56+02")]
    [InlineData("German, DMY", "01.02.2024 12:34:56-03:30 BC", "2024-02-01 12:34:56-03:30 BC")]
    [InlineData("Postgres, MDY", "Thu Feb 01 12:34:56.789 2024", "2024-02-01 12:34:56.789")]
    [InlineData("Postgres, DMY", "Thu 01 Feb 12:34:56 2024", "2024-02-01 12:34:56")]
    [InlineData("Postgres, MDY", "Mon Dec 31 12:34:56 0001 BC", "0001-12-31 12:34:56 BC")]
    [InlineData("Postgres, MDY", "Thu Abc 01 12:34:56 2024", null)]
    [InlineData("Postgres, MDY", "Thu anF 01 12:34:56 2024", null)]
    [InlineData("Postgres, MDY", "Thu", null)]
    [InlineData("SQL, DMY", "01.02.2024", null)]
    [InlineData("SQL, DMY", "1/02/2024", null)]
    [InlineData("SQL, DMY", "01/02/24", null)]
    [InlineData("SQL, DMY", "", null)]
    [InlineData("SQL, DMY", "01/02/2024 12:34:56 BC BC BC BC BC BC BC BC BC BC BC BC BC BC BC", null)]
    public void Date_becomes_what_iso_prints(string style, string text, string? expected) => Assert.Equal(expected, Convert(style, "UTC", text));

    [Theory]
    [InlineData("UTC", "UTC", "+00")]
    [InlineData("Etc/UTC", "UTC", "+00")]
    [InlineData("America/Sao_Paulo", "-03", "-03")]
    [InlineData("Asia/Kathmandu", "+0545", "+05:45")]
    [InlineData("<+02>-02", "+02", "+02")]
    [InlineData("<-05:30>+05:30", "-05:30", "-05:30")]
    [InlineData("<+02>-03", "+02", null)]
    [InlineData("<+02>+02", "+02", null)]
    [InlineData("<>", "+02", null)]
    [InlineData("Europe/Berlin", "CET", null)]
    [InlineData("Europe/London", "GMT", null)]
    [InlineData("GMT+5", "GMT", null)]
    [InlineData("", "UTC", null)]
    public void Zone_is_known_or_not_guessed(string zone, string printed, string? expected)
    {
        Assert.Equal(
            expected is null ? null : $"2024-02-01 12:34:56{expected}", Convert("SQL, MDY", zone, $"02/01/2024 12:34:56 {printed}"));
        Assert.Equal(
            expected is null ? null : $"2024-02-01 12:34:56{expected}", Convert("Postgres, MDY", zone, $"Thu Feb 01 12:34:56 2024 {printed}"));
    }

    [Theory]
    [InlineData("ISO, DMY")]
    [InlineData("Martian, DMY")]
    [InlineData(null)]
    public void Iso_is_no_style_of_its_own(string? style) => Assert.Null(DateTextStyle.Of(ParametersOf(style, "UTC")));

    [Fact]
    public void Values_are_read_in_the_style_of_their_session_and_no_other()
    {
        var styled = PgTypeRegistry.Default.In(DateTextStyle.Of(ParametersOf("SQL, DMY", "UTC")));
        Assert.Same(styled, PgTypeRegistry.Default.In(DateTextStyle.Of(ParametersOf("SQL, DMY", "UTC"))));
        Assert.Equal(DecodeStatus.Ok, styled.FindReader<DateOnly[]>(PgTypeOid.DateArray)!.ReadText("{01/02/2024,2024-02-03}"u8, out var dates));
        Assert.Equal([new DateOnly(2024, 2, 1), new DateOnly(2024, 2, 3)], dates!);
        Assert.Equal(DecodeStatus.Ok, styled.FindReader<PgRange<DateOnly>>(3912)!.ReadText("[01/02/2024,)"u8, out var range));
        Assert.Equal(new DateOnly(2024, 2, 1), range.Lower);
        Assert.Equal(DecodeStatus.Ok, styled.FindReader<PgDate>(PgTypeOid.Date)!.ReadText("-infinity"u8, out var infinite));
        Assert.Equal(PgDate.NegativeInfinity, infinite);
        Assert.Equal(DecodeStatus.Malformed, PgTypeRegistry.Default.FindReader<DateOnly>(PgTypeOid.Date)!.ReadText("01/02/2024"u8, out _));
        var unsure = PgTypeRegistry.Default.In(DateTextStyle.Unsure).FindReader<DateOnly>(PgTypeOid.Date)!;
        Assert.Equal(DecodeStatus.Malformed, unsure.ReadText("01/02/2024"u8, out _));
        Assert.Equal(DecodeStatus.Ok, unsure.ReadText("2024-02-01"u8, out _));
        Assert.Same(PgTypeRegistry.Default, PgTypeRegistry.Default.In(null));
    }

    private static SessionParameters ParametersOf(string? style, string zone)
    {
        var parameters = SessionParameters.Empty.With("TimeZone", zone)!;
        return style is null ? parameters : parameters.With("DateStyle", style)!;
    }

    private static string? Convert(string style, string zone, string text)
    {
        Span<byte> iso = stackalloc byte[DateTextStyle.Longest];
        return DateTextStyle.Of(ParametersOf(style, zone))!.TryToIso(Encoding.UTF8.GetBytes(text), iso, out var length)
            ? Encoding.UTF8.GetString(iso[..length])
            : null;
    }
}
