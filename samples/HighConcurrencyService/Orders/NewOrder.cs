namespace HighConcurrencyService.Orders;

/// <summary>An order as it is placed.</summary>
internal sealed record NewOrder(int Customer, decimal Total);
