namespace PgActors.Types;

/// <summary>Takes one value out of an object.</summary>
/// <param name="owner">The object; by reference, so that no struct is copied.</param>
/// <typeparam name="TOwner">The object's type.</typeparam>
/// <typeparam name="T">The value's type.</typeparam>
public delegate T MemberGetter<TOwner, out T>(ref TOwner owner);
