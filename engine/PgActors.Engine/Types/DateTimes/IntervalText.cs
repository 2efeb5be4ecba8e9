using System.Buffers.Text;

namespace PgActors.Types;

/// <summary>
/// Reads an interval as each IntervalStyle prints it (PostgreSQL documentation, "Interval Output"; source, EncodeInterval): postgres
/// <c>1 year 2 mons -3 days +04:05:06.5</c>, postgres_verbose <c>@ 1 year … ago</c>, sql_standard <c>+1-2 -3 +4:05:06.5</c>, iso_8601
/// <c>P1Y2M-3DT4H5M6.5S</c>.
/// </summary>
internal ref struct IntervalText
{
    private const long MicrosecondsPerMinute = 60 * PgEpoch.MicrosecondsPerSecond;
    private const long MicrosecondsPerHour = 60 * MicrosecondsPerMinute;
    private const int MonthsPerYear = 12;

    private ReadOnlySpan<byte> _rest;
    private Int128 _months;
    private Int128 _days;
    private Int128 _microseconds;

    private IntervalText(ReadOnlySpan<byte> source) => _rest = source;

    internal static bool TryRead(ReadOnlySpan<byte> source, out PgInterval value)
    {
        value = PgInterval.Infinity;
        if (source.SequenceEqual("infinity"u8))
            return true;
        value = PgInterval.NegativeInfinity;
        if (source.SequenceEqual("-infinity"u8))
            return true;
        value = default;
        var isIso = source is [(byte)'P', ..];
        var isVerbose = source.StartsWith("@ "u8);
        var text = new IntervalText(source[(isIso ? 1 : isVerbose ? 2 : 0)..]);
        return !text._rest.IsEmpty && (isIso ? text.TryReadIso() : text.TryReadWords(isVerbose)) && text.TryCompose(out value);
    }

    private readonly bool TryCompose(out PgInterval value)
    {
        var fits = _months >= int.MinValue && _months <= int.MaxValue && _days >= int.MinValue && _days <= int.MaxValue
            && _microseconds >= long.MinValue && _microseconds <= long.MaxValue;
        value = fits ? new PgInterval((int)_months, (int)_days, (long)_microseconds) : default;
        return fits;
    }

    private bool TryReadIso()
    {
        var isTime = false;
        while (!_rest.IsEmpty)
        {
            if (!isTime && _rest[0] == 'T')
            {
                isTime = true;
                _rest = _rest[1..];
            }

            if (!TryReadNumber(false, out var number) || _rest.IsEmpty)
                return false;
            var unit = _rest[0];
            _rest = _rest[1..];
            var isKnown = (isTime, unit) switch
            {
                (false, (byte)'Y') => TryAddWhole(ref _months, number, MonthsPerYear),
                (false, (byte)'M') => TryAddWhole(ref _months, number, 1),
                (false, (byte)'D') => TryAddWhole(ref _days, number, 1),
                (true, (byte)'H') => TryAddWhole(ref _microseconds, number, MicrosecondsPerHour),
                (true, (byte)'M') => TryAddWhole(ref _microseconds, number, MicrosecondsPerMinute),
                (true, (byte)'S') => AddSeconds(number),
                _ => false,
            };
            if (!isKnown)
                return false;
        }

        return true;
    }

    private bool TryReadWords(bool isVerbose)
    {
        // In sql_standard one minus in front counts for all parts, unless each has a sign.
        var minusForAll = _rest[0] == '-';
        for (var isFirst = true; !_rest.IsEmpty; isFirst = false)
        {
            if (!isFirst && !TryTake((byte)' '))
                return false;
            if (isVerbose && _rest.SequenceEqual("ago"u8))
            {
                (_months, _days, _microseconds) = (-_months, -_days, -_microseconds);
                return true;
            }

            if (!TryReadNumber(minusForAll, out var number))
                return false;
            if (TryTake((byte)':'))
                return TryReadTime(number) && _rest.IsEmpty;
            if (TryTake((byte)'-'))
            {
                if (!TryAddWhole(ref _months, number, MonthsPerYear) || !TryReadNumber(false, out var months)
                    || !TryAddWhole(ref _months, number.IsNegative ? months.Negated : months, 1))
                    return false;
            }
            else if (_rest is [(byte)' ', >= (byte)'a' and <= (byte)'z', ..])
            {
                minusForAll = false;
                if (!TryAddUnit(number))
                    return false;
            }
            else if (!TryAddWhole(ref _days, number, 1))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryAddUnit(Number number)
    {
        var end = _rest[1..].IndexOf((byte)' ') + 1;
        var unit = end > 0 ? _rest[1..end] : _rest[1..];
        _rest = end > 0 ? _rest[end..] : default;
        if (unit is [.. var singular, (byte)'s'])
            unit = singular;
        if (unit.SequenceEqual("year"u8))
            return TryAddWhole(ref _months, number, MonthsPerYear);
        if (unit.SequenceEqual("mon"u8))
            return TryAddWhole(ref _months, number, 1);
        if (unit.SequenceEqual("day"u8))
            return TryAddWhole(ref _days, number, 1);
        if (unit.SequenceEqual("hour"u8))
            return TryAddWhole(ref _microseconds, number, MicrosecondsPerHour);
        if (unit.SequenceEqual("min"u8))
            return TryAddWhole(ref _microseconds, number, MicrosecondsPerMinute);
        return unit.SequenceEqual("sec"u8) && AddSeconds(number);
    }

    private bool TryReadTime(Number hours)
    {
        if (!TryReadNumber(false, out var minutes) || !TryTake((byte)':') || !TryReadNumber(false, out var seconds))
            return false;
        if (hours.IsNegative)
            (minutes, seconds) = (minutes.Negated, seconds.Negated);
        return TryAddWhole(ref _microseconds, hours, MicrosecondsPerHour)
            && TryAddWhole(ref _microseconds, minutes, MicrosecondsPerMinute)
            && AddSeconds(seconds);
    }

    private static bool TryAddWhole(ref Int128 sum, Number number, long factor)
    {
        sum += (Int128)number.Whole * factor;
        return number.Fraction == 0;
    }

    private bool AddSeconds(Number number)
    {
        _microseconds += ((Int128)number.Whole * PgEpoch.MicrosecondsPerSecond) + number.Fraction;
        return true;
    }

    private bool TryReadNumber(bool isNegative, out Number number)
    {
        number = default;
        var hasMinus = TryTake((byte)'-');
        if (hasMinus || TryTake((byte)'+'))
            isNegative = hasMinus;
        if (_rest is not [>= (byte)'0' and <= (byte)'9', ..] || !Utf8Parser.TryParse(_rest, out long whole, out var used))
            return false;
        _rest = _rest[used..];
        long fraction = 0;
        if (TryTake((byte)'.'))
        {
            const int mostDigits = 6;
            var length = _rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            var digits = length < 0 ? _rest : _rest[..length];
            if (digits.Length is < 1 or > mostDigits || !Utf8Parser.TryParse(digits, out fraction, out used))
                return false;
            _rest = _rest[used..];
            for (; used < mostDigits; used++)
                fraction *= 10;
        }

        number = new Number(whole, fraction, false);
        number = isNegative ? number.Negated : number;
        return true;
    }

    private bool TryTake(byte expected)
    {
        if (_rest.IsEmpty || _rest[0] != expected)
            return false;
        _rest = _rest[1..];
        return true;
    }

    /// <summary>Microseconds in <paramref name="Fraction"/>. The sign is kept for -0.5 and -00:05.</summary>
    private readonly record struct Number(long Whole, long Fraction, bool IsNegative)
    {
        internal Number Negated => new(-Whole, -Fraction, !IsNegative);
    }
}
