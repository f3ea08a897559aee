# Build: restore first, so that a change of code does not restore again.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/Bot.Core/Bot.Core.csproj src/Bot.Core/packages.lock.json src/Bot.Core/
COPY src/Bot.Storage/Bot.Storage.csproj src/Bot.Storage/packages.lock.json src/Bot.Storage/
COPY src/Bot.Telegram/Bot.Telegram.csproj src/Bot.Telegram/packages.lock.json src/Bot.Telegram/
COPY src/Bot/Bot.csproj src/Bot/packages.lock.json src/Bot/
RUN dotnet restore src/Bot
COPY src src
RUN dotnet publish src/Bot -c Release -o /app --no-restore

# Run: Debian's ASP.NET image has ICU and time zones. Nothing secret is in the image; the token comes from the environment.
FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /bot
COPY --from=build /app /app
COPY dialogs dialogs
RUN mkdir /data && chown $APP_UID:$APP_UID /data
USER $APP_UID
VOLUME /data
ENV Storage__ConnectionString="Data Source=/data/bot.db" \
    Backup__Folder=/data/backups \
    Web__Url=http://0.0.0.0:8080
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=15s CMD ["/app/bot", "health"]
ENTRYPOINT ["/app/bot"]
CMD ["run"]
