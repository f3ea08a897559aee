using Bot.FakeTelegram;

// The server on its own, for trying a bot by hand: every token of the right shape is a bot.
var port = args is ["--port", var number, ..] ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : 8081;
await using var server = await FakeTelegramServer.StartAsync(port);
server.Validate = !args.Contains("--no-validate");
server.KeepLog = false;
if (!args.Contains("--quiet"))
    server.Called = static (chat, call) => Console.WriteLine($"{chat.Id} {call.Method} {call.Status} {call.Text.ReplaceLineEndings(" ")} {string.Join(" | ", call.Labels)}");
Console.WriteLine(server.Url);
Console.WriteLine($"Token {FakeTelegramServer.DefaultToken}. Type: <chat> <text>, or <chat> ![label of a button].");
while (await Console.In.ReadLineAsync() is { } line)
{
    var space = line.IndexOf(' ', StringComparison.Ordinal);
    if (space < 0 || !long.TryParse(line.AsSpan(0, space), out var id))
        continue;
    var what = line[(space + 1)..];
    if (!what.StartsWith('!'))
        server.Chat(id).Says(what);
    else if (server.Chat(id).Has(what[1..]))
        server.Chat(id).Presses(what[1..]);
}

// Started without a terminal: until it is ended.
await Task.Delay(Timeout.Infinite);
