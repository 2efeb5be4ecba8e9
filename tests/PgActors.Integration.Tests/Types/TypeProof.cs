using System.Text;
using PgActors.Protocol;
using PgActors.Types;

namespace PgActors.Integration.Tests.Types;

/// <summary>
/// Proves on a real server that a PostgreSQL type and a .NET type stand for each other: the server itself reads the parameter and says what
/// it got, and what it makes of a literal is read back. One line of a test proves the value alone, NULL, arrays and lists, in both formats
/// and both directions.
/// </summary>
/// <param name="open">Opens a database with the types given.</param>
internal sealed class TypeProof(Func<PgTypeRegistry, Task<PgDatabase>> open) : IAsyncDisposable
{
    private readonly List<PgDatabase> _opened = [];
    private PgDatabase? _natural;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Both directions for a struct, its NULL, its array and its array with a NULL inside.</summary>
    /// <param name="type">The type's name, as <c>pg_typeof</c> says it.</param>
    /// <param name="value">A value.</param>
    /// <param name="text">What the server prints for it.</param>
    /// <param name="isNatural">Whether the .NET type is written as this type by itself; if not, the proof adds a mapping for it.</param>
    /// <param name="literal">What to write in SQL if not <paramref name="text"/>.</param>
    public async Task ValueAsync<T>(string type, T value, string text, bool isNatural = true, string? literal = null)
        where T : struct
    {
        var db = await OpenAsync<T>(
            type, isNatural, (codec, oid, arrayOid) => PgTypeMapping.Value(codec, oid, arrayOid));
        await ScalarAsync(db, type, value, text, literal ?? text);
        await ScalarAsync<T?>(db, type, value, text, literal ?? text);
        await NullAsync<T?>(db, type);
        await ArraysAsync(db, type, value, literal ?? text);
        await ArrayAsync(db, type, new T?[] { value, null }, $"array[{Quote(literal ?? text)}, null]");
    }

    /// <summary>The same for a class.</summary>
    public async Task ReferenceAsync<T>(string type, T value, string text, bool isNatural = true, string? literal = null)
        where T : class
    {
        var db = await OpenAsync<T>(
            type, isNatural, (codec, oid, arrayOid) => PgTypeMapping.Reference(codec, oid, arrayOid));
        await ScalarAsync(db, type, value, text, literal ?? text);
        await NullAsync<T>(db, type);
        await ArraysAsync(db, type, value, literal ?? text);
        await ArrayAsync(db, type, new[] { value, null }, $"array[{Quote(literal ?? text)}, null]");
    }

    /// <summary>Both directions for a range, its NULL and its array; an array of ranges by itself is a multirange.</summary>
    public async Task RangeAsync<T>(string type, PgRange<T> value, string text)
    {
        var db = await NaturalAsync();
        await ScalarAsync(db, type, value, text, text);
        await ScalarAsync<PgRange<T>?>(db, type, value, text, text);
        await NullAsync<PgRange<T>?>(db, type);
        var array = new PgArray<PgRange<T>?>(value, null);
        var (sent, echo) = await db.QuerySingleAsync<(string, PgArray<PgRange<T>?>)>($"select pg_typeof({array})::text, {array}", Token);
        Assert.Equal(type + "[]", sent);
        Assert.Equal(array, echo);
        Assert.Equal(new[] { value }, await ReadAsync<PgRange<T>[]>(db, $"select array[{Quote(text)}]::{type}[]"));
    }

    /// <summary>Only from the server to here: for types that a .NET type is read from and not sent as.</summary>
    public async Task ColumnAsync<T>(string type, T value, string text)
    {
        var db = await NaturalAsync();
        Assert.Equal(value, await db.QuerySingleAsync<T>($"select {Quote(text)}::{type}".ToString(), Token));
        Assert.Equal([value], await db.QuerySingleAsync<T[]>($"select array[{Quote(text)}]::{type}[]".ToString(), Token));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var db in _opened)
            await db.DisposeAsync();
    }

    private static async Task ScalarAsync<T>(PgDatabase db, string type, T value, string text, string literal)
    {
        var (sent, printed, echo) = await db.QuerySingleAsync<(string, string, T)>(
            $"select pg_typeof({value})::text, format('%s', {value}), {value}", Token);
        Assert.Equal((type, text), (sent, printed));
        Assert.Equal(value, echo);
        Assert.Equal(value, await ReadAsync<T>(db, $"select {Quote(literal)}::{type}"));
        await TextAsync(db, type, value, printed);
    }

    private static async Task NullAsync<T>(PgDatabase db, string type)
    {
        T? none = default;
        Assert.Equal((true, default(T)), await db.QuerySingleAsync<(bool, T?)>($"select {none} is null, {none}", Token));
        Assert.Null(await ReadAsync<T?>(db, $"select null::{type}"));
    }

    private static async Task ArraysAsync<T>(PgDatabase db, string type, T value, string literal)
    {
        await ArrayAsync(db, type, new[] { value, value }, $"array[{Quote(literal)}, {Quote(literal)}]");
        await ArrayAsync(db, type, Array.Empty<T>(), "array[]");
    }

    private static async Task ArrayAsync<T>(PgDatabase db, string type, T[] values, string constructor)
    {
        var literal = $"{constructor}::{type}[]";
        Assert.Equal(values, await ReadAsync<T[]>(db, $"select {literal}"));
        Assert.Equal(values, await ReadAsync<List<T>>(db, $"select {literal}"));
        var (sent, printed, echo) = await db.QuerySingleAsync<(string, string, T[])>(
            $"select pg_typeof({values})::text, format('%s', {values}), {values}", Token);
        Assert.Equal((type + "[]", await ReadAsync<string>(db, $"select format('%s', {literal})")), (sent, printed));
        Assert.Equal(values, echo);
        await TextAsync(db, type + "[]", values, printed);
    }

    /// <summary>The text form: what the server printed is read, and what is written the server reads as the same value.</summary>
    private static async Task TextAsync<T>(PgDatabase db, string type, T value, string printed)
    {
        var oid = await ReadAsync<uint>(db, $"select to_regtype({Quote(type)})::oid");
        var codec = db.Types.FindReader<T>(oid, DataFormat.Text)!;
        Assert.Equal(DecodeStatus.Ok, codec.ReadText(Encoding.UTF8.GetBytes(printed), out var read));
        Assert.Equal(value, read);
        using var writer = new WireWriter();
        db.Types.FindWriter<T>(oid)!.WriteText(writer, value);
        var written = Encoding.UTF8.GetString(writer.WrittenSpan);
        Assert.Equal(value, await ReadAsync<T>(db, $"select {Quote(written)}::{type}"));
    }

    private static ValueTask<T> ReadAsync<T>(PgDatabase db, string sql) => db.QuerySingleAsync<T>(sql, Token);

    private static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    private async Task<PgDatabase> OpenAsync<T>(string type, bool isNatural, Func<PgCodec<T>, uint, uint, PgTypeMapping> map)
    {
        var db = await NaturalAsync();
        if (isNatural)
            return db;
        var (oid, arrayOid) = await db.QuerySingleAsync<(uint, uint)>(
            $"select oid, typarray from pg_type where oid = to_regtype({type})", Token);
        if (db.Types.FindWriter<T>(oid) is null)
            await db.LearnTypesAsync([PgTypeName.Parse(type)], Token);
        return await OpenAsync(
            PgTypeRegistry.Default.With(db.Types.Catalog).With(map(db.Types.FindWriter<T>(oid)!, oid, arrayOid)));
    }

    private async Task<PgDatabase> NaturalAsync() => _natural ??= await OpenAsync(PgTypeRegistry.Default);

    private async Task<PgDatabase> OpenAsync(PgTypeRegistry types)
    {
        var db = await open(types);
        _opened.Add(db);
        return db;
    }
}
