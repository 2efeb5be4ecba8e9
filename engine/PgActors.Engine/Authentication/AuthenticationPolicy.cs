using System.Diagnostics.CodeAnalysis;

namespace PgActors.Authentication;

/// <summary>
/// Which ways of authenticating the user accepts: libpq's <c>require_auth</c> and <c>channel_binding</c> (PostgreSQL documentation,
/// "Parameter Key Words"). Immutable, thread-safe and pure.
/// </summary>
/// <remarks>
/// Stricter than libpq in one point: where no positive list names it, the password itself and its MD5 hash are refused on a network
/// connection that nothing encrypts.
/// </remarks>
public sealed record AuthenticationPolicy
{
    private static readonly Dictionary<string, AuthenticationMethods> MethodsByName = new(StringComparer.Ordinal)
    {
        ["password"] = AuthenticationMethods.Cleartext,
        ["md5"] = AuthenticationMethods.Md5,
        ["gss"] = AuthenticationMethods.Gss,
        ["sspi"] = AuthenticationMethods.Sspi,
        ["scram-sha-256"] = AuthenticationMethods.ScramSha256,
        ["oauth"] = AuthenticationMethods.OAuth,
        ["none"] = AuthenticationMethods.NoChallenge,
    };

    private AuthenticationPolicy(AuthenticationMethods allowed, bool isPositive, ChannelBindingPolicy channelBinding)
    {
        AllowedMethods = allowed;
        IsPositive = isPositive;
        ChannelBinding = channelBinding;
    }

    /// <summary>No list, and channel binding where it can be had.</summary>
    public static AuthenticationPolicy Default { get; } = new(AuthenticationMethods.All, isPositive: false, ChannelBindingPolicy.Prefer);

    /// <summary>The methods that may be used.</summary>
    public AuthenticationMethods AllowedMethods { get; }

    /// <summary>Whether the user named the methods. A named method is allowed on an unencrypted connection too.</summary>
    public bool IsPositive { get; }

    /// <summary>Whether authentication must be bound to the TLS channel.</summary>
    public ChannelBindingPolicy ChannelBinding { get; init; }

    /// <summary>Reads a <c>require_auth</c> list: names divided by commas, without spaces, all of them or none of them after a
    /// <c>!</c>.</summary>
    /// <param name="requireAuth">The list; <see langword="null"/> and empty mean that it was not set.</param>
    /// <param name="channelBinding">The user's <c>channel_binding</c>.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="error">What is wrong with the list.</param>
    /// <returns><see langword="false"/> for an unknown name, one given twice, and a list that mixes both forms.</returns>
    public static bool TryParse(
        string? requireAuth,
        ChannelBindingPolicy channelBinding,
        [NotNullWhen(true)] out AuthenticationPolicy? policy,
        [NotNullWhen(false)] out string? error)
    {
        policy = null;
        error = null;
        if (string.IsNullOrEmpty(requireAuth))
        {
            policy = Default with { ChannelBinding = channelBinding };
            return true;
        }

        var names = requireAuth.Split(',');
        var isNegative = names[0].StartsWith('!');
        var named = AuthenticationMethods.Nothing;
        foreach (var name in names)
        {
            if (name.StartsWith('!') != isNegative)
                error = $"require_auth mixes methods with and without \"!\" at \"{name}\".";
            else if (!MethodsByName.TryGetValue(isNegative ? name[1..] : name, out var method))
                error = $"require_auth does not know \"{name}\". It knows {string.Join(", ", MethodsByName.Keys)}, each also after \"!\".";
            else if ((named & method) != 0)
                error = $"require_auth names \"{name}\" twice.";
            else
                named |= method;

            if (error is not null)
                return false;
        }

        policy = new AuthenticationPolicy(isNegative ? AuthenticationMethods.All & ~named : named, !isNegative, channelBinding);
        return true;
    }

    /// <summary>Whether a request of the server may be answered. Ask before anything is sent.</summary>
    /// <param name="method">The one method that the server asked for.</param>
    /// <param name="channel">The channel it asked over.</param>
    public AuthenticationDecision DecideRequest(AuthenticationMethods method, AuthenticationChannel channel)
    {
        if ((AllowedMethods & method) == 0)
        {
            return new AuthenticationDecision(
                AuthenticationRefusal.MethodNotAllowed,
                $"The server asks for {NameOf(method)} authentication, which require_auth does not allow.");
        }

        if (ChannelBinding == ChannelBindingPolicy.Require && method != AuthenticationMethods.ScramSha256)
        {
            return new AuthenticationDecision(
                AuthenticationRefusal.ChannelBindingRequired,
                $"channel_binding=require, but the server asks for {NameOf(method)} authentication, which cannot be bound to the channel.");
        }

        const AuthenticationMethods Readable = AuthenticationMethods.Cleartext | AuthenticationMethods.Md5;
        if ((method & Readable) != 0 && !IsPositive && !channel.IsEncrypted && !channel.IsUnixSocket)
        {
            return new AuthenticationDecision(
                AuthenticationRefusal.InsecureChannel,
                $"The server asks for {NameOf(method)} authentication on a connection that nothing encrypts. "
                    + $"Use TLS (sslmode=verify-full), or scram-sha-256 in pg_hba.conf; "
                    + $"to send it nevertheless, set require_auth={NameOf(method)}.");
        }

        return AuthenticationDecision.Allowed;
    }

    /// <summary>Whether the server's AuthenticationOk is enough.</summary>
    /// <param name="completed">The method that was completed, or <see cref="AuthenticationMethods.NoChallenge"/>.</param>
    /// <param name="isChannelBound">Whether it was a SCRAM-SHA-256-PLUS exchange with a verified server signature.</param>
    /// <param name="channel">The channel.</param>
    public AuthenticationDecision DecideCompletion(AuthenticationMethods completed, bool isChannelBound, AuthenticationChannel channel)
    {
        if (ChannelBinding == ChannelBindingPolicy.Require && !isChannelBound)
        {
            return new AuthenticationDecision(
                AuthenticationRefusal.ChannelBindingRequired,
                "channel_binding=require, but the server let the client in without an exchange that is bound to the channel.");
        }

        var isGssEncryptionEnough = channel.IsGssEncrypted && (AllowedMethods & AuthenticationMethods.Gss) != 0;
        if ((AllowedMethods & completed) == 0 && !isGssEncryptionEnough)
        {
            return new AuthenticationDecision(
                AuthenticationRefusal.MethodNotAllowed,
                "The server let the client in without asking who it is, which require_auth does not allow (\"none\" would).");
        }

        return AuthenticationDecision.Allowed;
    }

    private static string NameOf(AuthenticationMethods method) => MethodsByName.First(pair => pair.Value == method).Key;
}
