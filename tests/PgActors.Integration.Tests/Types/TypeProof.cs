
namespace PgActors.Integration.Tests.Types;

/// <summary>
/// Proves on a real server that a PostgreSQL type and a .NET type stand for each other: the server itself reads the parameter and says what
/// it got, and what it makes of a literal is read back.
/// </summary>
internal sealed class TypeProof(PgDatabase db)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Both directions for a struct, its NULL, its array and its array with a NULL inside.</summary>
    /// <param name="type">The type's name, as <c>pg_typeof</c> says it.</param>
    /// <param name="value">A value.</param>
    /// <param name="text">What the server prints for it.</param>
    public async Task ValueAsync<T>(string type, T value, string text)
        where T : struct
    {
        await ScalarAsync(type, value, text);
        await ScalarAsync<T?>(type, value, text);
        await NullAsync<T?>(type);
        await ArrayAsync(type, new[] { value, value }, $"array['{Escape(text)}', '{Escape(text)}']");
        await ArrayAsync(type, new T?[] { value, null }, $"array['{Escape(text)}', null]");
        await ArrayAsync(type, Array.Empty<T>(), "array[]");
    }

    /// <summary>The same for a class.</summary>
    public async Task ReferenceAsync<T>(string type, T value, string text)
        where T : class
    {
        await ScalarAsync(type, value, text);
        await NullAsync<T>(type);
        await ArrayAsync(type, new[] { value, value }, $"array['{Escape(text)}', '{Escape(text)}']");
        await ArrayAsync(type, new[] { value, null }, $"array['{Escape(text)}', null]");
        await ArrayAsync(type, Array.Empty<T>(), "array[]");
    }

    /// <summary>Both directions for a range, its NULL and its array; an array of ranges by itself is a multirange.</summary>
    public async Task RangeAsync<T>(string type, PgRange<T> value, string text)
    {
        await ScalarAsync(type, value, text);
        await ScalarAsync<PgRange<T>?>(type, value, text);
        await NullAsync<PgRange<T>?>(type);
        var array = new PgArray<PgRange<T>?>(value, null);
        var (sent, echo) = await db.QuerySingleAsync<(string, PgArray<PgRange<T>?>)>($"select pg_typeof({array})::text, {array}", Token);
        Assert.Equal(type + "[]", sent);
        Assert.Equal(array, echo);
        Assert.Equal(new[] { value }, await ReadAsync<PgRange<T>[]>($"select array['{Escape(text)}']::{type}[]"));
    }

    /// <summary>Only from the server to here: for types that a .NET type is read from and not sent as.</summary>
    public async Task ColumnAsync<T>(string type, T value, string text)
    {
        Assert.Equal(value, await ReadAsync<T>($"select '{Escape(text)}'::{type}"));
        Assert.Equal([value], await ReadAsync<T[]>($"select array['{Escape(text)}']::{type}[]"));
    }

    private async Task ScalarAsync<T>(string type, T value, string text)
    {
        var (sent, printed, echo) = await db.QuerySingleAsync<(string, string, T)>(
            $"select pg_typeof({value})::text, {value}::text, {value}", Token);
        Assert.Equal((type, text), (sent, printed));
        Assert.Equal(value, echo);
        Assert.Equal(value, await ReadAsync<T>($"select '{Escape(text)}'::{type}"));
    }

    private async Task NullAsync<T>(string type)
    {
        T? none = default;
        Assert.Equal((true, default(T)), await db.QuerySingleAsync<(bool, T?)>($"select {none} is null, {none}", Token));
        Assert.Null(await ReadAsync<T?>($"select null::{type}"));
    }

    private async Task ArrayAsync<T>(string type, T[] values, string constructor)
    {
        var literal = $"{constructor}::{type}[]";
        Assert.Equal(values, await ReadAsync<T[]>($"select {literal}"));
        Assert.Equal(values, await ReadAsync<List<T>>($"select {literal}"));
        var (sent, printed, echo) = await db.QuerySingleAsync<(string, string, T[])>(
            $"select pg_typeof({values})::text, {values}::text, {values}", Token);
        Assert.Equal((type + "[]", await ReadAsync<string>($"select ({literal})::text")), (sent, printed));
        Assert.Equal(values, echo);
    }

    private ValueTask<T> ReadAsync<T>(string sql) => db.QuerySingleAsync<T>(sql, Token);

    private static string Escape(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
