using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Dedup.Policy.Reading;

/// <summary>A file is YAML, but holds more than a policy does.</summary>
internal sealed class YamlLimitException(ParsingEvent place, string message) : YamlException(place.Start, place.End, message);
