using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using PgActors.Testing;

namespace PgActors.Integration.Tests.Servers;

public sealed class ServerSearchTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pgactors-search-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wrong_explicit_setting_is_told_and_nothing_else_is_tried()
    {
        var failure = await Assert.ThrowsAsync<PostgresUnavailableException>(
            () => PostgresServer.StartAsync(new PostgresServerOptions { InstallationDirectory = _folder }, Token));

        Assert.Equal("an explicit setting", Assert.Single(failure.Ways).Way);
        Assert.Contains(Path.Combine(_folder, "bin", "initdb"), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explicit_setting_of_another_major_is_refused()
    {
        var server = await PostgresServer.Shared(17);
        var user = (await ServerUser.FindAsync(Token)).User!;
        var binaries = (await BinariesSearch.FindAsync(new PostgresServerOptions { Major = 17 }, user, [], Token))!;

        var failure = await Assert.ThrowsAsync<PostgresUnavailableException>(() => PostgresServer.StartAsync(
            new PostgresServerOptions { Major = 18, InstallationDirectory = Path.GetDirectoryName(binaries.BinDirectory) }, Token));
        await using var right = await PostgresServer.StartAsync(
            new PostgresServerOptions { Major = 17, InstallationDirectory = Path.GetDirectoryName(binaries.BinDirectory) }, Token);

        Assert.Contains($"holds PostgreSQL {server.Version}, wanted is 18", failure.Message, StringComparison.Ordinal);
        Assert.Equal(server.Version, right.Version);
    }

    [Fact]
    public async Task Unknown_major_is_told_with_every_way_its_reason_and_its_remedy()
    {
        var failure = await Assert.ThrowsAsync<PostgresUnavailableException>(() => PostgresServer.StartAsync(99, Token));

        Assert.Equal(
            ["an explicit setting", "the cache", "the npm registry", "an installed PostgreSQL", "a container"],
            failure.Ways.Select(way => way.Way));
        Assert.All(failure.Ways, way => Assert.NotEqual("", way.Reason));
        Assert.All(failure.Ways, way => Assert.Contains(way.Remedy, failure.Message, StringComparison.Ordinal));
        Assert.Contains("PGACTORS_POSTGRES_99", failure.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install postgresql-99", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Archive_keeps_executables_and_gets_its_links()
    {
        var archive = WriteArchive(
            ("package/native/bin/postgres", "program", true),
            ("package/native/lib/libpq.so.5.18", "library", false),
            ("package/native/pg-symlinks.json", """[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]""", false));
        var target = Path.Combine(_folder, "unpacked");

        await PackageArchive.UnpackAsync(archive, target, Token);

        Assert.Equal("library", await File.ReadAllTextAsync(Path.Combine(target, "native/lib/libpq.so.5"), Token));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal("libpq.so.5.18", new FileInfo(Path.Combine(target, "native/lib/libpq.so.5")).LinkTarget);
            Assert.Equal((UnixFileMode)0b111_101_101, File.GetUnixFileMode(Path.Combine(target, "native/bin/postgres")));
            Assert.Equal((UnixFileMode)0b110_100_100, File.GetUnixFileMode(Path.Combine(target, "native/lib/libpq.so.5.18")));
        }
    }

    [Theory]
    [InlineData("package/../../evil", "{}")]
    [InlineData("package/native/pg-symlinks.json", """[{"source":"native/a","target":"../evil"}]""")]
    [InlineData("package/native/pg-symlinks.json", """[{"source":"/etc/passwd","target":"native/a"}]""")]
    public async Task Archive_that_leads_out_of_its_folder_is_refused(string name, string text)
    {
        var archive = WriteArchive((name, text, false));

        await Assert.ThrowsAsync<InvalidDataException>(() => PackageArchive.UnpackAsync(archive, Path.Combine(_folder, "unpacked"), Token));

        Assert.False(Path.Exists(Path.Combine(_folder, "evil")));
    }

    [Fact]
    public async Task Cut_archive_is_refused()
    {
        var archive = WriteArchive(("package/a", new string('a', 5000), false));
        await using (var file = File.OpenWrite(archive))
        {
            file.SetLength(file.Length / 2);
        }

        var failure = await Assert.ThrowsAnyAsync<Exception>(
            () => PackageArchive.UnpackAsync(archive, Path.Combine(_folder, "unpacked"), Token));
        Assert.True(failure is InvalidDataException or IOException, failure.GetType().Name);
    }

    [Fact]
    public async Task Cache_lock_excludes_a_second_holder_until_it_is_let_go()
    {
        var cache = PostgresCache.At(_folder);
        var first = await cache.LockAsync(Token);
        var left = cache.NewWork();
        using var waiting = new CancellationTokenSource();
        var second = PostgresCache.At(_folder).LockAsync(waiting.Token);
        await waiting.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        first.Dispose();
        using var third = await PostgresCache.At(_folder).LockAsync(Token);
        cache.NewWork();

        Assert.False(Directory.Exists(left));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string WriteArchive(params (string Name, string Text, bool IsProgram)[] files)
    {
        var path = Path.Combine(_folder, "package.tgz");
        using var file = File.Create(path);
        using var zip = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(zip);
        foreach (var (name, text, isProgram) in files)
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                Mode = (UnixFileMode)(isProgram ? 0b111_000_000 : 0b110_000_000),
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
            });
        }

        return path;
    }
}
