namespace Dedup.Policy.Drills;

/// <summary>A question to a restored database.</summary>
/// <param name="Sql">The statement, such as <c>select count(*) > 0 from orders</c>.</param>
/// <param name="Database">The database of a restored cluster; <see langword="null"/> for the dumped one, or <c>postgres</c>.</param>
public sealed record PostgreSqlQuery(string Sql, string? Database = null);
