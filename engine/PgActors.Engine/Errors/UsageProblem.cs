using System.Text;

namespace PgActors;

/// <summary>Says for a user what an encoder said to its caller.</summary>
internal static class UsageProblem
{
    /// <summary>The refusal in words, without the name of a parameter that the user never wrote.</summary>
    public static string Of(ArgumentException refused) => refused switch
    {
        EncoderFallbackException unencodable =>
            $"The text holds half of a surrogate pair (at index {unencodable.Index}), which is no character and has no form in UTF-8.",
        { ParamName: { } name } => refused.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal),
        _ => refused.Message,
    };
}
