namespace PgActors.Engine.Tests.Connections;

public sealed class ConnectionErrorTests
{
    private const string Secret = "hunter2";

    [Fact]
    public void Message_shows_the_masked_text_with_a_caret_under_the_place()
    {
        var error = Refuse("postgres://app:hunter2@localhost/shop?sslmod=require");

        Assert.Equal(
            """
            'sslmod' is not a connection option (did you mean 'sslmode'?).
              postgres://app:***@localhost/shop?sslmod=require
                                                ^
            """.ReplaceLineEndings("\n"),
            error.Message);
        Assert.Equal(38, error.Position);
    }

    [Fact]
    public void Caret_follows_masks_on_both_sides()
    {
        var error = Refuse("password=hunter2 gssencmode=disabl sslpassword='hun\\'ter2 hunter2'");

        Assert.Equal(
            """
            'disabl' is not a value of 'gssencmode' (did you mean 'disable'?). It can be disable, prefer.
              password=*** gssencmode=disabl sslpassword=***
                                      ^
            """.ReplaceLineEndings("\n"),
            error.Message);
        Assert.Equal(("gssencmode", 28), (error.Keyword, error.Position));
    }

    [Fact]
    public void Place_inside_a_secret_is_moved_to_its_start()
    {
        var error = Refuse("postgres://app:hunter2%zz@localhost/shop");

        Assert.Equal(15, error.Position);
        Assert.EndsWith("\n  postgres://app:***@localhost/shop\n" + new string(' ', 17) + "^", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_are_shown_as_spaces_so_that_the_caret_stays_right()
    {
        var error = Refuse("user=u\n\tsslmod=x");

        Assert.EndsWith("\n  user=u  sslmod=x\n          ^", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user=u sslmod=x", "sslmode")]
    [InlineData("user=u hots=x", "host")]
    [InlineData("user=u username=x", "user")]
    [InlineData("user=u database=x", "dbname")]
    [InlineData("user=u Application-Name=x", "application_name")]
    [InlineData("user=u conect_timeout=1", "connect_timeout")]
    [InlineData("user=u shared_session=1", "shared_sessions")]
    [InlineData("user=u target_session_attributes=any", "target_session_attrs")]
    public void Typo_gets_a_suggestion(string text, string suggestion)
        => Assert.Contains($"(did you mean '{suggestion}'?)", Refuse(text).Message, StringComparison.Ordinal);

    [Fact]
    public void Word_unlike_any_option_gets_no_suggestion()
        => Assert.DoesNotContain("did you mean", Refuse("user=u qwertzuiop=x").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("postgres://app:hunter2@h/d?sslmod=x")]
    [InlineData("postgres://app:hunter2/d")]
    [InlineData("postgres://app:hunter2")]
    [InlineData("postgres://app:hunter2?sslmode=require")]
    [InlineData("postgres://app:x/hunter2@h/d")]
    [InlineData("postgres://app:x/y?hunter2@h/d")]
    [InlineData("postgres://app:x/y?hunter2=z@h/d")]
    [InlineData("postgres://app:1/y?hunter2=z@h/d")]
    [InlineData("postgres://app:x@y@hunter2:z@h/d")]
    [InlineData("postgres://app:x@hunter2/z@h:/d?x=y")]
    [InlineData("postgres://app:hunter2%@h/d")]
    [InlineData("postgres://app:%00hunter2@h/d")]
    [InlineData("postgres://app:a hunter2@h/d")]
    [InlineData("postgres://app:a%FFhunter2@h/d")]
    [InlineData("postgres://app:@hunter2@h/d")]
    [InlineData("'postgres://app:hunter2@h/d?x=y'")]
    [InlineData("url=postgres://app:hunter2@h/d")]
    [InlineData("postgres://app:hunter2@[::1/d")]
    [InlineData("postgres://u@h?password=hunter2&sslmod=x")]
    [InlineData("postgres://u@h?password=a=hunter2")]
    [InlineData("postgres://u@h?password=hunter2%")]
    [InlineData("postgres://u@h?password=x&hunter2&sslmode=y")]
    [InlineData("postgres://u@h?password=x&hunter2=z")]
    [InlineData("postgres://u@h?pass%77ord=hunter2&sslmode=x")]
    [InlineData("postgres://u@h?pasword=hunter2")]
    [InlineData("postgres://u@h?passwd=hunter2")]
    [InlineData("postgres://u@h?pwd=hunter2")]
    [InlineData("postgres://u@h?secret_thing=hunter2")]
    [InlineData("postgres://u@h?sslpassword=hunter2&port=x")]
    [InlineData("postgres://u@h?oauth_client_secret=hunter2")]
    [InlineData("postgres://u@h?scram_client_key=hunter2")]
    [InlineData("postgres://u@h?sslmode=require;password=hunter2")]
    [InlineData("postgres://u@h?dbname=postgres://a:hunter2@b")]
    [InlineData("user=u password=hunter2 sslmode=x")]
    [InlineData("user=u password='hunter2' sslmode=x")]
    [InlineData("user=u password='hunter2")]
    [InlineData("user=u password=x hunter2 sslmode=prefer")]
    [InlineData("user=u password=x hunter2")]
    [InlineData("user=u password=x hunter2=y sslmode=prefer")]
    [InlineData("user=u password='x'hunter2' sslmode=prefer")]
    [InlineData("user=u password = hunter2 sslmode=x")]
    [InlineData("user=u password\n=\nhunter2 sslmode=x")]
    [InlineData(@"user=u password=a\ hunter2 sslmode=x")]
    [InlineData("user=u Password=hunter2")]
    [InlineData("user=u PASSWD=hunter2")]
    [InlineData("user=u sslmode=prefer;password=hunter2")]
    [InlineData("user=u application_name='x password=hunter2")]
    [InlineData("user=u dbname=postgres://a:hunter2@b/c")]
    [InlineData("host=postgres://a:hunter2@b/c")]
    [InlineData("host=h;password=hunter2;user=u")]
    [InlineData("hunter2")]
    [InlineData("postgres:app:hunter2@h/d")]
    [InlineData("mysql://app:hunter2@h/d")]
    [InlineData("user=u password=hunter2\0")]
    public void Refused_text_does_not_give_its_secret_away(string text)
    {
        var error = Refuse(text);

        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("unter", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://app:hunter2@h/d?application_name=a&sslpassword=hunter2")]
    [InlineData("user=app password=hunter2 sslpassword=hunter2")]
    public void Accepted_secret_is_shown_nowhere(string text)
    {
        var options = PgConnectionOptions.Parse(text);

        Assert.Equal(Secret, options.Password!.Reveal());
        Assert.DoesNotContain(Secret, options.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, $"{options.Password} {options.SslPassword}", StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, new PgHost("h") { Password = Secret }.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, new FileText(Secret).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres://app:hunter2@h:5432/d?application_name=a%20b&sslmode=require&port=5433&connect_timeout=10")]
    [InlineData("host=/tmp port=5432 user=app password='hunter2' dbname=d application_name='a b' sslmode=verify-full")]
    public void Text_cut_or_damaged_anywhere_never_throws_anything_else_nor_shows_the_secret(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            // Inside the secret a cut or a sign leaves pieces that the assertion could not tell from other words.
            if (text.IndexOf(Secret, StringComparison.Ordinal) is var start && i > start && i < start + Secret.Length)
                continue;

            AssertSafe(text[..i]);
            AssertSafe(text.Remove(i, 1));
            foreach (var sign in " '\\%=&?/:@[],\0\ud800")
                AssertSafe(text.Insert(i, sign.ToString()));
        }
    }

    [Theory]
    [InlineData("user=u application_name='x\0user\0admin'", 26)]
    [InlineData("postgres://u@h/d\0", 16)]
    public void Nul_is_refused_wherever_it_stands(string text, int position)
        => Assert.Equal(position, Refuse(text).Position);

    [Fact]
    public void Lone_surrogate_is_refused_and_the_secret_before_it_hidden()
    {
        var error = Refuse("user=u password=hunter2\ud800");

        Assert.Equal(16, error.Position);
        Assert.Contains("surrogate", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("password=***\n                  ^", error.Message, StringComparison.Ordinal);
        Assert.Equal(6, Refuse("user=u\udc00\ud800").Position);
    }

    private static PgOptionsException Refuse(string text) => Assert.Throws<PgOptionsException>(() => PgConnectionOptions.Parse(text));

    private static void AssertSafe(string text)
    {
        // What is accepted has no defect that could be told: a lost space can make the secret a part of another value.
        if (!PgConnectionOptions.TryParse(text, null, out _, out var error))
            Assert.DoesNotContain(Secret, error.ToString(), StringComparison.Ordinal);
    }
}
