using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace PgActors.Streams.Tests.Statements;

/// <summary>A text that is put together at run time could hold a value. An interpolated string behind a plus sign is such a text, and binds to
/// the calls that take text: the compiler's rule CA1857 tells, where the parameter is marked.</summary>
public sealed class ConstantTextTests
{
    [Fact]
    public void Every_call_that_takes_a_statement_as_text_wants_a_constant()
    {
        var texts = typeof(PgDatabase).Assembly.GetExportedTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .SelectMany(method => method.GetParameters())
            .Where(parameter => parameter.Name == "sql" && parameter.ParameterType == typeof(string))
            .ToArray();

        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.True(
            text.IsDefined(typeof(ConstantExpectedAttribute)), $"{text.Member.DeclaringType}.{text.Member}: {text.Name}"));
    }
}
