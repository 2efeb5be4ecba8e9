using System.Net;
using System.Net.NetworkInformation;
using PgActors;

namespace EveryType.Families;

[PgRow]
internal sealed record Networks(IPAddress Address, PgInet Host, IPNetwork Network, PhysicalAddress Card)
{
    public static async Task CheckAsync(PgDatabase db, Report report)
    {
        var sent = new Networks(
            IPAddress.Parse("2001:db8::1"), PgInet.Parse("10.1.2.3/8"), IPNetwork.Parse("192.168.0.0/16"),
            PhysicalAddress.Parse("08-00-2B-01-02-03"));
        report.Compare(
            sent,
            await db.QuerySingleAsync<Networks>(
                $"select {sent.Address} as address, {sent.Host} as host, {sent.Network} as network, {sent.Card} as card"),
            "inet, cidr, macaddr");
    }
}
