using PgActors.Protocol;

namespace PgActors.Engine.Tests.Protocol;

public sealed class ErrorFieldsTests
{
    [Fact]
    public void TryRead_takes_fields_in_any_order_and_passes_over_unknown_ones()
    {
        Assert.True(ErrorFields.TryRead(WireText.Bytes("'Mm' 00 '?what' 00 'C42P01' 00 'Zz' 00 ff 'x' 00 'VERROR' 00 00"), out var error));
        Assert.Equal(new PgError { Severity = "ERROR", SqlState = "42P01", Message = "m" }, error);
    }

    [Fact]
    public void TryRead_of_a_repeated_field_keeps_the_first()
    {
        Assert.True(ErrorFields.TryRead(WireText.Bytes("'Mfirst' 00 'P0' 00 'Msecond' 00 'P7' 00 'D' 00 'Dd' 00 00"), out var error));
        Assert.Equal(new PgError { Message = "first", Detail = "" }, error);
    }

    [Theory]
    [InlineData("'0'")]
    [InlineData("'-1'")]
    [InlineData("' 5'")]
    [InlineData("'five'")]
    [InlineData("'2147483648'")]
    [InlineData("")]
    public void Position_that_is_no_positive_number_is_left_out(string text)
    {
        Assert.True(ErrorFields.TryRead(WireText.Bytes($"'P' {text} 00 'p' {text} 00 'Mm' 00 00"), out var error));
        Assert.Equal(new PgError { Message = "m" }, error);
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_replaced_and_not_lost()
    {
        Assert.True(ErrorFields.TryRead(WireText.Bytes("'M' 66fc72 00 00"), out var error));
        Assert.Equal("f\ufffdr", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("'M'")]
    [InlineData("'Mm'")]
    [InlineData("'Mm' 00")]
    [InlineData("'Mm' 00 00 00")]
    [InlineData("00 'Mm' 00 00")]
    public void List_unterminated_or_with_bytes_behind_it_is_malformed(string body)
        => Assert.False(ErrorFields.TryRead(WireText.Bytes(body), out _));

    [Fact]
    public void Every_field_code_reaches_a_property_of_its_own()
    {
        var seen = new HashSet<PgError>();
        foreach (var field in Enum.GetValues<ErrorField>())
        {
            using var writer = new WireWriter();
            ErrorFields.WriteField(writer, field, "1");
            writer.WriteByte(0);
            Assert.True(ErrorFields.TryRead(writer.WrittenSpan, out var error));
            Assert.NotEqual(new PgError(), error);
            Assert.True(seen.Add(error), field.ToString());

            using var again = new WireWriter();
            ErrorFields.Write(again, error);
            Assert.Equal(writer.WrittenSpan.ToArray(), again.WrittenSpan.ToArray());
        }

        Assert.Equal(18, seen.Count);
    }
}
