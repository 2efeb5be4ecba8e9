using System.Globalization;
using System.Net;
using System.Numerics;

namespace PgActors.Engine.Tests.Types;

/// <summary>What the values without a .NET type of their own can do beside travelling.</summary>
public sealed class ScalarValueTests
{
    [Fact]
    public void Numerics_sort_as_PostgreSQL_sorts_them()
    {
        PgNumeric[] sorted =
        [
            PgNumeric.NegativeInfinity, PgNumeric.Parse("-10000.5"), PgNumeric.Parse("-10000"), -1m, -0.0001m, 0m, 0.00000001m, 0.0001m, 1m,
            1.0001m, 9999m, 10000m, PgNumeric.Parse("1" + new string('0', 100)), PgNumeric.PositiveInfinity, PgNumeric.NaN,
        ];
        for (var i = 0; i < sorted.Length; i++)
        {
            for (var j = 0; j < sorted.Length; j++)
            {
                Assert.Equal(i.CompareTo(j), Math.Sign(sorted[i].CompareTo(sorted[j])));
                Assert.Equal(i == j, sorted[i] == sorted[j]);
                Assert.Equal(i < j, sorted[i] < sorted[j]);
                Assert.Equal(i >= j, sorted[i] >= sorted[j]);
            }
        }
    }

    [Fact]
    public void Numerics_are_equal_whatever_their_scale()
    {
        Assert.Equal(PgNumeric.Parse("1.00"), PgNumeric.Parse("1"));
        Assert.Equal(PgNumeric.Parse("1.00").GetHashCode(), PgNumeric.Parse("1").GetHashCode());
        Assert.Equal(PgNumeric.Parse("-0.00"), default);
        Assert.Equal(("1.00", 2), (PgNumeric.Parse("1.00").ToString(), PgNumeric.Parse("1.00").Scale));
        Assert.Equal("-0.05", PgNumeric.Create(-5, 2).ToString());
        Assert.Equal("-123.45", PgNumeric.Create(-12345, 2).ToString());
    }

    [Fact]
    public void Numeric_becomes_other_numbers_exactly_or_not_at_all()
    {
        Assert.True(PgNumeric.Parse("79228162514264337593543950335").TryToDecimal(out var most));
        Assert.Equal(decimal.MaxValue, most);
        Assert.False(PgNumeric.Parse("79228162514264337593543950336").TryToDecimal(out _));
        Assert.False(PgNumeric.NaN.TryToDecimal(out _));
        Assert.True(PgNumeric.Parse("-12.00").TryToBigInteger(out var whole));
        Assert.Equal(-12, whole);
        Assert.False(PgNumeric.Parse("0.5").TryToBigInteger(out _));
        Assert.False(PgNumeric.Parse("12345678.5").TryToBigInteger(out _));
        Assert.False(PgNumeric.PositiveInfinity.TryToBigInteger(out _));
        Assert.Equal(double.PositiveInfinity, PgNumeric.PositiveInfinity.ToDouble());
        Assert.Equal(-0.1, PgNumeric.Parse("-0.1").ToDouble());
        Assert.Throws<OverflowException>(() => PgNumeric.Create(BigInteger.Pow(10, 131_072)));
        Assert.Throws<ArgumentOutOfRangeException>(() => PgNumeric.Create(1, 16_384));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1.")]
    [InlineData(".1")]
    [InlineData("1e5")]
    [InlineData("+1")]
    [InlineData("1,000")]
    [InlineData("infinity")]
    public void Numeric_text_of_another_form_is_refused(string text)
    {
        Assert.False(PgNumeric.TryParse(text, out _));
        Assert.Contains("numeric", Assert.Throws<FormatException>(() => PgNumeric.Parse(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numeric_beyond_the_digits_of_PostgreSQL_is_refused()
    {
        Assert.True(PgNumeric.TryParse(new string('0', 10) + new string('9', 131_072), out _));
        Assert.False(PgNumeric.TryParse(new string('9', 131_073), out _));
        Assert.True(PgNumeric.TryParse("0." + new string('9', 16_383), out _));
        Assert.False(PgNumeric.TryParse("0." + new string('9', 16_384), out _));
    }

    [Fact]
    public void Money_becomes_a_decimal_with_the_places_asked_for()
    {
        Assert.Equal("-12.34", new PgMoney(-1234).ToDecimal(2).ToString(CultureInfo.InvariantCulture));
        Assert.Equal(1234m, new PgMoney(1234).ToDecimal(0));
        Assert.Equal(-92233720368547758.08m, new PgMoney(long.MinValue).ToDecimal(2));
        Assert.Equal(new PgMoney(1230), PgMoney.FromDecimal(12.3m, 2));
        Assert.Throws<ArgumentException>(() => PgMoney.FromDecimal(12.345m, 2));
        Assert.Throws<OverflowException>(() => PgMoney.FromDecimal(decimal.MaxValue, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PgMoney(1).ToDecimal(-1));
        Assert.True(new PgMoney(1) < new PgMoney(2));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(2023, 2, 29)]
    [InlineData(2024, 13, 1)]
    [InlineData(-4714, 11, 23)]
    [InlineData(5_874_898, 1, 1)]
    public void Date_that_does_not_exist_is_refused(int year, int month, int day)
        => Assert.Throws<ArgumentOutOfRangeException>(() => new PgDate(year, month, day));

    [Fact]
    public void Every_day_of_NET_is_the_same_day_in_PostgreSQL()
    {
        for (var number = 0; number <= DateOnly.MaxValue.DayNumber; number += 13)
        {
            var day = DateOnly.FromDayNumber(number);
            PgDate date = day;
            Assert.Equal(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), date.ToString());
            Assert.Equal(date, new PgDate(day.Year, day.Month, day.Day));
            Assert.True(date.TryToDateOnly(out var back));
            Assert.Equal(day, back);
        }
    }

    [Fact]
    public void Infinity_and_what_is_beyond_NET_become_nothing_else()
    {
        Assert.False(PgDate.Infinity.TryToDateOnly(out _));
        Assert.False(new PgDate(-1, 1, 1).TryToDateOnly(out _));
        Assert.False(PgTimestamp.NegativeInfinity.TryToDateTime(out _));
        Assert.False(PgTimestampTz.Infinity.TryToDateTimeOffset(out _));
        Assert.False(PgInterval.Infinity.TryToTimeSpan(out _));
        Assert.True(PgDate.NegativeInfinity < new PgDate(-4714, 11, 24));
        Assert.False(PgTimestamp.Infinity.IsFinite);
        Assert.Equal((PgDate.Infinity, TimeSpan.Zero), (PgTimestamp.Infinity.Date, PgTimestamp.Infinity.TimeOfDay));
    }

    [Fact]
    public void Timestamp_is_made_of_a_day_and_a_time()
    {
        var before = new PgTimestamp(new PgDate(1999, 12, 31), new TimeSpan(23, 59, 59));
        Assert.Equal(-1_000_000, before.Microseconds);
        Assert.Equal((new PgDate(1999, 12, 31), new TimeSpan(23, 59, 59)), (before.Date, before.TimeOfDay));
        Assert.True(before.TryToDateTime(out var time));
        Assert.Equal(new DateTime(1999, 12, 31, 23, 59, 59), time);
        Assert.Equal(before, (PgTimestamp)time);
        Assert.Throws<ArgumentException>(() => (PgTimestamp)DateTime.SpecifyKind(time, DateTimeKind.Utc));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PgTimestamp(PgDate.Infinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PgTimestamp(new PgDate(294_277, 1, 1)));
        PgTimestampTz point = new DateTimeOffset(2000, 1, 1, 2, 0, 0, TimeSpan.FromHours(2));
        Assert.Equal(0, point.Microseconds);
    }

    [Theory]
    [InlineData("@ 1 year 2 mons -3 days 4 hours 5 mins 6.5 secs", 14, -3, 14_706_500_000)]
    [InlineData("@ 1 mon 2 days 3 secs ago", -1, -2, -3_000_000)]
    [InlineData("@ 0", 0, 0, 0)]
    [InlineData("1-2", 14, 0, 0)]
    [InlineData("-1-2", -14, 0, 0)]
    [InlineData("+1-2 -3 +4:05:06.5", 14, -3, 14_706_500_000)]
    [InlineData("-3 4:05:06", 0, -3, -14_706_000_000)]
    [InlineData("-00:00:00.5", 0, 0, -500_000)]
    [InlineData("-3 days 04:05:06", 0, -3, 14_706_000_000)]
    [InlineData("P1Y2M-3DT4H5M6.5S", 14, -3, 14_706_500_000)]
    [InlineData("PT-0.5S", 0, 0, -500_000)]
    public void Interval_is_read_in_each_style(string text, int months, int days, long microseconds)
        => Assert.Equal(new PgInterval(months, days, microseconds), PgInterval.Parse(text));

    [Theory]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1")]
    [InlineData("P1.5M")]
    [InlineData("@ ")]
    [InlineData("1 day ")]
    [InlineData("1  day")]
    [InlineData("04:05")]
    [InlineData("04:05:06 1 day")]
    [InlineData("99999999999 days")]
    [InlineData("9999999999999:00:00")]
    public void Interval_text_of_another_form_is_refused(string text) => Assert.False(PgInterval.TryParse(text, out _));

    [Fact]
    public void Timetz_knows_its_bounds()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PgTimeTz(TimeSpan.FromHours(25), TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PgTimeTz(TimeSpan.Zero, TimeSpan.FromHours(16)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PgTimeTz(TimeSpan.Zero, TimeSpan.FromMilliseconds(1)));
        Assert.False(PgTimeTz.TryParse("00:00:00+16", out _));
        Assert.Equal(TimeSpan.FromHours(-8), PgTimeTz.Parse("04:05:06-08").Offset);
    }

    [Theory]
    [InlineData("192.168.0.1/33")]
    [InlineData("::/129")]
    [InlineData("10.1")]
    [InlineData("1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("fe80::1%3")]
    [InlineData("[::1]")]
    [InlineData("::1/")]
    [InlineData("::1/-1")]
    [InlineData("")]
    public void Inet_text_of_another_form_is_refused(string text) => Assert.False(PgInet.TryParse(text, out _));

    [Fact]
    public void Inet_tells_hosts_from_networks()
    {
        Assert.True(new PgInet(IPAddress.Loopback).IsHost);
        Assert.False(new PgInet(IPAddress.Loopback, 8).IsHost);
        Assert.Equal(new PgInet(IPAddress.Parse("10.0.0.0"), 8), (PgInet)IPNetwork.Parse("10.0.0.0/8"));
        Assert.NotEqual(new PgInet(IPAddress.Any), new PgInet(IPAddress.IPv6Any));
        Assert.Equal(IPAddress.Parse("::1"), PgInet.Parse("::1/64").Address);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PgInet(IPAddress.Loopback, 33));
        Assert.Throws<ArgumentException>(() => new PgInet(IPAddress.Parse("fe80::1%3")));
    }

    [Fact]
    public void Bit_string_leaves_out_what_is_behind_its_end()
    {
        Assert.Equal(PgBitString.Parse("101"), new PgBitString([0xBF], 3));
        Assert.Equal((true, false, true), (PgBitString.Parse("101")[0], PgBitString.Parse("101")[1], PgBitString.Parse("101")[2]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PgBitString.Parse("101")[3]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PgBitString([0xBF], 9));
        Assert.NotEqual(PgBitString.Parse("0"), PgBitString.Parse("00"));
    }

    [Fact]
    public void Snapshot_says_what_it_sees()
    {
        var snapshot = PgSnapshot.Parse("10:20:10,14");
        Assert.True(snapshot.Sees(9));
        Assert.False(snapshot.Sees(10));
        Assert.True(snapshot.Sees(11));
        Assert.False(snapshot.Sees(14));
        Assert.False(snapshot.Sees(20));
        Assert.False(PgSnapshot.TryParse("10:20:14,10", out _));
        Assert.False(PgSnapshot.TryParse("20:10:", out _));
    }

    [Theory]
    [InlineData("16/B374D848", true)]
    [InlineData("FFFFFFFF/FFFFFFFF", true)]
    [InlineData("0/0", true)]
    [InlineData("16/", false)]
    [InlineData("/16", false)]
    [InlineData("16", false)]
    [InlineData("1/123456789", false)]
    [InlineData("G/0", false)]
    public void Lsn_text_is_judged(string text, bool isOne) => Assert.Equal(isOne, PgLsn.TryParse(text, out _));

    [Fact]
    public void Search_values_are_sorted_joined_and_bounded()
    {
        Assert.Equal(["B", "a", "\uFF5E", "\U0001F418"],
            new PgTsVector(new PgLexeme("\U0001F418"), new("a"), new("\uFF5E"), new("B")).Lexemes.Select(lexeme => lexeme.Text));
        Assert.Throws<ArgumentException>(() => new PgTsVector(new PgLexeme("a"), new("a")));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PgLexemePosition(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PgLexemePosition(16_384));
        var a = PgTsQuery.Lexeme("a");
        Assert.Equal(a, PgTsQuery.Empty & a);
        Assert.Equal(a, a | PgTsQuery.Empty);
        Assert.Equal(PgTsQuery.Empty, !PgTsQuery.Empty);
        Assert.Throws<ArgumentOutOfRangeException>(() => a.FollowedBy(a, 16_385));
    }

    [Theory]
    [InlineData("'a")]
    [InlineData("a")]
    [InlineData("'a' &")]
    [InlineData("& 'a'")]
    [InlineData("'a' 'b'")]
    [InlineData("( 'a'")]
    [InlineData("'a' )")]
    [InlineData("'a' <16385> 'b'")]
    [InlineData("!")]
    [InlineData("'a\\b'")]
    public void Tsquery_text_with_a_fault_is_refused(string text) => Assert.False(PgTsQuery.TryParse(text, out _));

    [Fact]
    public void Tsquery_of_any_depth_is_no_danger_to_the_stack()
    {
        const int depth = 200_000;
        var text = string.Concat(Enumerable.Repeat("!( ", depth)) + "'a' & 'b'" + string.Concat(Enumerable.Repeat(" )", depth));
        var query = PgTsQuery.Parse(text);
        Assert.Equal(depth + 3, query.Items.Length);
        Assert.Equal(query, PgTsQuery.Parse(query.ToString()));
    }
}
