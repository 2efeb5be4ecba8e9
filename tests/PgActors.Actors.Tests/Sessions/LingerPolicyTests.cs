using PgActors.Sessions;

namespace PgActors.Actors.Tests.Sessions;

/// <summary>When a session looks for an answer instead of waiting for it.</summary>
public sealed class LingerPolicyTests
{
    [Fact]
    public void It_is_tried_while_it_goes_well()
    {
        var policy = new LingerPolicy();
        for (var i = 0; i < 100; i++)
        {
            Assert.True(policy.IsWorthwhile());
            policy.OnAnswered();
        }
    }

    [Fact]
    public void Every_miss_doubles_the_commands_for_which_it_is_not_tried_up_to_a_bound()
    {
        var policy = new LingerPolicy();
        foreach (var skipped in (int[])[1, 3, 7, 15, 31, 63, 127, 255, 511, 1023, 1024, 1024])
        {
            Assert.True(policy.IsWorthwhile());
            policy.OnMissed();
            for (var i = 0; i < skipped; i++)
                Assert.False(policy.IsWorthwhile());
        }
    }

    [Fact]
    public void Answers_in_time_make_up_for_misses()
    {
        var policy = new LingerPolicy();
        for (var i = 0; i < 4; i++)
            Miss(policy);
        for (var i = 0; i < 4; i++)
        {
            SkipTo(policy);
            policy.OnAnswered();
        }

        policy.OnMissed();
        Assert.False(policy.IsWorthwhile());
        Assert.True(policy.IsWorthwhile());
    }

    [Fact]
    public void More_answers_are_given_more_time_up_to_a_bound()
    {
        Assert.Equal(TimeSpan.FromMicroseconds(100), LingerPolicy.TimeFor(1));
        Assert.True(LingerPolicy.TimeFor(2) > LingerPolicy.TimeFor(1));
        Assert.Equal(TimeSpan.FromMilliseconds(1), LingerPolicy.TimeFor(1_000));
        Assert.Equal(TimeSpan.FromMilliseconds(1), LingerPolicy.TimeFor(int.MaxValue));
    }

    private static void Miss(LingerPolicy policy)
    {
        SkipTo(policy);
        policy.OnMissed();
    }

    private static void SkipTo(LingerPolicy policy)
    {
        while (!policy.IsWorthwhile())
        {
        }
    }
}
