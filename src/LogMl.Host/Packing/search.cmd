@echo off
rem Starts logml with what this folder has: search worker joins the study. "search worker --help" says more.
setlocal
set "run=dotnet"
if not "%DOTNET_ROOT%"=="" set "run=%DOTNET_ROOT%\dotnet.exe"
if exist "%~dp0dotnet\dotnet.exe" (
    set "DOTNET_ROOT=%~dp0dotnet"
    set "run=%~dp0dotnet\dotnet.exe"
)
if "%~1"=="" (
    "%run%" exec "%~dp0host\LogMl.Tool.dll" --help
) else (
    "%run%" exec "%~dp0host\LogMl.Tool.dll" %*
)
exit /b %errorlevel%
