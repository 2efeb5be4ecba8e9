using System.Text;
using PgActors.Authentication;

namespace PgActors.Engine.Tests.Authentication;

public sealed class SaslPrepTests
{
    [Theory]
    [InlineData("pencil", "pencil", SaslPrepOutcome.Ascii)]
    [InlineData("a\u0001b", "a\u0001b", SaslPrepOutcome.Ascii)]
    [InlineData("I\u00ADX", "IX", SaslPrepOutcome.Prepared)]
    [InlineData("\u2168", "IX", SaslPrepOutcome.Prepared)]
    [InlineData("\u00AA", "a", SaslPrepOutcome.Prepared)]
    [InlineData("a\u00A0b", "a b", SaslPrepOutcome.Prepared)]
    [InlineData("a\u200Bb", "a b", SaslPrepOutcome.Prepared)]
    [InlineData("u\u0308ber", "\u00FCber", SaslPrepOutcome.Prepared)]
    [InlineData("\uFB01x", "fix", SaslPrepOutcome.Prepared)]
    [InlineData("\U0001D400", "A", SaslPrepOutcome.Prepared)]
    [InlineData("\u06271\u0628", "\u06271\u0628", SaslPrepOutcome.Prepared)]
    [InlineData("\u0627a\u0628", "\u0627a\u0628", SaslPrepOutcome.Raw)]
    [InlineData("\u06271", "\u06271", SaslPrepOutcome.Raw)]
    [InlineData("1\u0627", "1\u0627", SaslPrepOutcome.Raw)]
    [InlineData("\u0007\u00E4", "\u0007\u00E4", SaslPrepOutcome.Raw)]
    [InlineData("\uE000x", "\uE000x", SaslPrepOutcome.Raw)]
    [InlineData("\uFFFEx", "\uFFFEx", SaslPrepOutcome.Raw)]
    [InlineData("\u0340a", "\u0340a", SaslPrepOutcome.Raw)]
    [InlineData("p\U0001F600", "p\U0001F600", SaslPrepOutcome.Raw)]
    [InlineData("\u00AD", "\u00AD", SaslPrepOutcome.Raw)]
    [InlineData("\u00AA\uFB01\u0221", "\u00AA\uFB01\u0221", SaslPrepOutcome.Raw)]
    public void Password_is_prepared_as_PostgreSQL_does(string password, string expected, SaslPrepOutcome expectedOutcome)
    {
        var prepared = SaslPrep.Prepare(Encoding.UTF8.GetBytes(password), out var outcome);

        Assert.Equal(expectedOutcome, outcome);
        Assert.Equal(Encoding.UTF8.GetBytes(expected), prepared);
    }

    [Fact]
    public void Checks_look_at_the_text_before_normalisation()
    {
        // U+2135 is left-to-right and becomes U+05D0, which is right-to-left: after normalisation this would be a forbidden mixture.
        var prepared = SaslPrep.Prepare("a\u2135"u8, out var outcome);

        Assert.Equal(SaslPrepOutcome.Prepared, outcome);
        Assert.Equal("a\u05D0"u8, prepared);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC0, 0x80 })]
    [InlineData(new byte[] { 0xE4, 0x62 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0x61, 0xF0, 0x9F, 0x98 })]
    public void Bytes_that_are_not_utf8_stay_raw(byte[] password)
    {
        Assert.Equal(password, SaslPrep.Prepare(password, out var outcome));
        Assert.Equal(SaslPrepOutcome.Raw, outcome);
    }

    [Fact]
    public void Empty_password_stays_empty()
    {
        Assert.Empty(SaslPrep.Prepare([], out var outcome));
        Assert.Equal(SaslPrepOutcome.Ascii, outcome);
    }

    // What PostgreSQL 15 stored for CREATE ROLE … PASSWORD.
    [Theory]
    [InlineData("pencil", "rfXsg4MG+snoXjbjtQfUHQ==$"
        + "017ydcje9mDZ147QvkRLaask/J94F8PbPLeKLslcC2g=:HbkcWA0zUt5hWUnSC6lwGAtkHuGDzURoOmIFEFJEfnM=")]
    [InlineData("a\u0001b", "pTKsTS7WaSXOs2Bgo06ZEA==$"
        + "bydrd7Iga6YyfQn0iQE0hrndYDWsTbEijFi+01Xcudw=:GZ5P3Y89ltmp2rhurRj8VqsQXacTN3LEVmDFxqVpRgQ=")]
    [InlineData("I\u00ADX", "Xo+ciahejRFfxOQVkI5k+g==$"
        + "HL3+t38KGfEyNbmJxqIjY/cfBShoP0zR4oq9AjNMSsg=:Juqch/Zfe7kSTciVfVrKDN29guDth0bMu7syPdY+N6g=")]
    [InlineData("\u2168", "3ItEUqxMBthP4gL1i23wtA==$"
        + "ULByHPQMnZ8ingUjmefiwjFj90DyPzHRpsFl7oHdtWM=:Sd6uW4o8Uu4Y61NUVz7lKpgVI0KZwLii+djVqfsT8SY=")]
    [InlineData("\u00AA", "LxTtPENIuFP23285HN3t7Q==$"
        + "0bUn3eJVlQFk/jysVbDd9cMW8iHFWPKBtN3dP37HzDk=:ok+gBxfcdgsefah1ltRu8iI5X9EcJBmQS0QhLauaHCI=")]
    [InlineData("a\u00A0b", "mIqhc3NIigzlXm3hR7mlHQ==$"
        + "NJJBaRehtlVonW67B8BUHtb6yfYg77oY8QQ/Qw4ZN8o=:CAQoZEORi1dfjjc822UK3+6Se6prDy1VIMeVIAe/n/8=")]
    [InlineData("a\u200Bb", "ETLW4Pi57Ny9xZ14tEnNIg==$"
        + "ksaYO9ju0IPzx11pyD1Lk2dthw3pihuGN0uA4ArdXDk=:uKbr4OjVRXbzBdcFGZMu9lQ0r96kLOvGMInLOx5nUxE=")]
    [InlineData("\u00AD", "eqoyIwVaKmS7Yg/yzmI2jw==$"
        + "NGWSE2+d3RIBzM4l9H+JMmVCkDezQFqR6zDERMWyOO8=:iZPcTBHB0Ogdy6XcfACvWrrkjHpgUdXXEs2ubhA4g0w=")]
    [InlineData("p\U0001F600", "G3FJ4Xkon5IdqGvQfSq2xw==$"
        + "Evlx8/AIW/Mzwd9pMpwmcoWpLBTFfOotXVoMKBzQTqE=:CDYIwB8GPFtsDU20VHX+EZHjeu6UkbxmMHqyhUb/f8g=")]
    [InlineData("\u06271\u0628", "n+kKRvUzfCUPJbEEMitVYQ==$"
        + "ol6HJA/m84bUcc4BSkWbV7j5F7WMPPOCtbaK0nY2LkI=:yU4lToW7PlIZICRNVqrfzDcwJB1e521Rav7O0j5mAAw=")]
    [InlineData("\u0627a\u0628", "oS9Q3nQRfJI8Bmy86hyHuA==$"
        + "K4MYKDC30N4ubNMcaf0XhefzL3t2jy6gpwvaDbRrkvM=:vrLvjpCt0T+VZwubA6/g/AtinMeZrW7JKlrWi41Lxck=")]
    [InlineData("\u06271", "Lv8aZa2LFSpaYd1Sq9S5gw==$"
        + "PEIC0JqH2xEY0XcuAQZi0xr4QLr/MZMmcJnIxw3Gbzk=:zfdcahc4YDs25SxYVUcu9/4uB4D7QmBKDE1XT5XjhTc=")]
    [InlineData("\uE000x", "Zhy78awzkmIn7k1pjX1tLA==$"
        + "/iHX5ae56SAn/WJOF+6sQqRXv06giRI5VUZve8WcVF8=:OltD+XIubYzSMz4LKJHaBMZnAlYYN6et1DTIz9MNJEk=")]
    [InlineData("u\u0308ber", "2MF7zoDfTcfLmwe6mt9otg==$"
        + "Sac3FwY2Q2xXVHuV0UW0zTFj/Fjv/dLgHbjjDFZcIxk=:SpM/Y225N6zduZjhONpdTqzEVJUb6xbp+I8H/KwNyFU=")]
    [InlineData("\u00FCber", "I1oQyoCA4yNQdGRY06ls6Q==$"
        + "s0uyQ0FkNYjXDXyRyuDoihdMWgH9+xl6JgZbuOWS3hI=:klLzder8BDcIO45aLMzVihre1PXaTa4Af6p+MeaD2Ks=")]
    [InlineData("\u0007\u00E4", "sp346NWkV6Ku7WhKvc37ng==$"
        + "UEskcxOWp/+d+iiUXENfWGIJrtrewLsVCVdAS2ZptWg=:IA6IYO6pNd4OvXj22/L3pymZSbHxKYpcBYfFNeLBL+s=")]
    [InlineData("\uFB01x", "cYhLrufZ0c+ovSB/Uyq1Ag==$"
        + "UFPWPebgRNhASy2Bo2f6ntKH6+hmJNaSDbMUCUBUupo=:FR+JLRY9QKeU3TW9eS27rdsp80X39CvbhsfshOwMOzM=")]
    [InlineData("\u33C2", "0sKn5/5M48BennMXvVqBzQ==$"
        + "cL7Ha40R7rSbuzvOqxkDckuK99bnoZMVcTjp59Cw298=:jDtLm2jccQ55exBx8GoBVHLaJx3gKy5H3Q211NXya/g=")]
    [InlineData("\u0340a", "9Uw2drQt7FxKHY0wZ5JEiQ==$"
        + "NfDpfk2xz4aZhz/K4ctsCXyJdTbEvKpqgN4HmykgqEs=:zmTVZWVT0CssbFQBYmMZYkH5/FzwEfI13fnMeBe5/ss=")]
    [InlineData("\U0001D400", "o91/T9u/TLcq1o1a52N+ow==$"
        + "HfY7Rw7VdqS0j0NiO8exB5kINa4TQCZ3clP9XvQb4X4=:VYsikXdANG106gGCllTtKNpqk7Qh3EeLHpzZcJQPTSg=")]
    [InlineData("\u1100\u1161", "e3fQs/AxO07Iorx8iv6Qkg==$"
        + "ervhmi8F5cSuNKsh+P2tmK23EYc1vLnylMALx1F12w4=:gkDUzru4N7FW7kyApW7I/2wPG+uc+r/yLTHcJOOM4IM=")]
    [InlineData("a\u2135", "rowkdExmqXVyB0Hb3Zts2A==$"
        + "kpTR7ysMASygnQCuT+8FUnboWIWRhALJyi2QovfFcRc=:96N3Yc9bGV3tvBAwf+KsNuFeNR1jVkndXkzMWxvCIgc=")]
    public void Secret_equals_the_one_a_server_stored(string password, string saltAndKeys)
    {
        var stored = "SCRAM-SHA-256$4096:" + saltAndKeys;
        Assert.True(ScramSecret.TryParse(stored, out var secret));

        Assert.Equal(stored, ScramSecret.FromPassword(Encoding.UTF8.GetBytes(password), secret.Salt, secret.Iterations).Format());
    }
}
