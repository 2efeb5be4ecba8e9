using PgActors.Protocol;

namespace PgActors.Engine.Tests.Protocol;

public sealed class WireArrayTests
{
    [Fact]
    public void Arrays_with_equal_items_are_equal()
    {
        WireArray<byte> left = [1, 2];
        WireArray<byte> right = [1, 2];
        Assert.True(left == right);
        Assert.Equal(left.GetHashCode(), right.GetHashCode());
        Assert.True(left != [1, 3]);
        Assert.True(left != [1, 2, 3]);
        Assert.False(left.Equals((object)"x"));
    }

    [Fact]
    public void Nested_and_null_items_compare_by_content()
    {
        WireArray<WireArray<byte>?> left = [(WireArray<byte>)[1], null];
        WireArray<WireArray<byte>?> right = [(WireArray<byte>)[1], null];
        Assert.Equal(left, right);
        Assert.NotEqual(left, [(WireArray<byte>)[1], (WireArray<byte>)[]]);
        Assert.Equal([(WireArray<string>)["a"]], (WireArray<WireArray<string>>)[["a"]]);
    }

    [Fact]
    public void Default_is_the_empty_array()
    {
        Assert.Equal([], default(WireArray<int>));
        Assert.Equal(WireArray.Adopt(Array.Empty<int>()), default);
        Assert.Equal(WireArray.Adopt(Array.Empty<int>()).GetHashCode(), default(WireArray<int>).GetHashCode());
        Assert.True(default(WireArray<int>).IsEmpty);
    }

    [Fact]
    public void Create_copies_and_ToArray_gives_a_copy_away()
    {
        byte[] source = [1, 2];
        var array = WireArray.Create<byte>(source);
        source[0] = 9;
        array.ToArray()[1] = 9;
        Assert.Equal([1, 2], array);
        Assert.Equal(2, array[1]);
        Assert.Throws<IndexOutOfRangeException>(() => array[2]);
    }

    [Fact]
    public void Text_names_the_length_only() => Assert.Equal("Byte[3]", ((WireArray<byte>)[77, 78, 79]).ToString());
}
