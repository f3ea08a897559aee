return await Bot.CommandLine.Commands.RunAsync(args).ConfigureAwait(false);
