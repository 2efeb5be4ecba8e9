namespace PgActors.Sessions;

/// <summary>A parameter, or the most of it, that is read from a stream while it is sent.</summary>
/// <param name="Number">Its number in the statement, from 1.</param>
/// <param name="Offset">Where its content belongs among the parameters' bytes, which hold its length word.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Length">Bytes to read.</param>
internal readonly record struct StreamedParameter(int Number, int Offset, Stream Source, long Length);
