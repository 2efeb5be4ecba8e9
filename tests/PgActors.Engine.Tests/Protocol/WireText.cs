using System.Text;

namespace PgActors.Engine.Tests.Protocol;

/// <summary>Bytes as the tests write them: hexadecimal digits, and ASCII between apostrophes, with spaces anywhere outside of
/// those.</summary>
internal static class WireText
{
    public static byte[] Bytes(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == ' ')
            {
                i++;
            }
            else if (text[i] == '\'')
            {
                var end = text.IndexOf('\'', i + 1);
                bytes.AddRange(Encoding.ASCII.GetBytes(text[(i + 1)..end]));
                i = end + 1;
            }
            else
            {
                bytes.Add(Convert.FromHexString(text.AsSpan(i, 2))[0]);
                i += 2;
            }
        }

        return [.. bytes];
    }
}
