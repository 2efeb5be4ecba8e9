using System.ComponentModel;

// The compiler asks for this type by name, and netstandard2.0 has none.
namespace System.Runtime.CompilerServices;

[EditorBrowsable(EditorBrowsableState.Never)]
internal static class IsExternalInit;
