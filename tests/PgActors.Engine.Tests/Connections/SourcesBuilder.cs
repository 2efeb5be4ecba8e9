namespace PgActors.Engine.Tests.Connections;

/// <summary>An environment and files that exist only here.</summary>
internal sealed class SourcesBuilder
{
    private readonly Dictionary<string, string> _environment = [];
    private readonly Dictionary<string, FileText> _files = [];

    public bool IsWindows { get; init; }

    public List<string> FilesRead { get; } = [];

    public SourcesBuilder With(string variable, string value)
    {
        _environment[variable] = value;
        return this;
    }

    public SourcesBuilder WithFile(string path, string text, bool isPrivate = true)
    {
        _files[path] = new FileText(text, isPrivate);
        return this;
    }

    public ConnectionSources Build() => new(_environment.GetValueOrDefault, Read, "osuser", "/home/me", IsWindows);

    public PgConnectionOptions Parse(string text) => PgConnectionOptions.Parse(text, Build());

    public PgOptionsException Refuse(string text) => Assert.Throws<PgOptionsException>(() => Parse(text));

    private FileText? Read(string path)
    {
        FilesRead.Add(path);
        return _files.GetValueOrDefault(path);
    }
}
