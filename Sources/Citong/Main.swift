import ArgumentParser
import Configuration
import Hummingbird
@main struct Main { static func main() {} }
