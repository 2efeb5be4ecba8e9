namespace PgActors.Types;

/// <summary>The type that a codec is wanted for.</summary>
/// <param name="Registry">Where to look up what it is made of.</param>
/// <param name="Oid">Its OID.</param>
/// <param name="Description">What is known of it; <see langword="null"/> for a built-in type that stands for itself.</param>
internal readonly record struct TypeContext(PgTypeRegistry Registry, uint Oid, PgTypeDescription? Description);
