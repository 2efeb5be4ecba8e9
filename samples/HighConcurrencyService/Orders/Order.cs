namespace HighConcurrencyService.Orders;

/// <summary>An order as it is stored.</summary>
internal sealed record Order(long Id, int Customer, decimal Total, DateTimeOffset Placed);
