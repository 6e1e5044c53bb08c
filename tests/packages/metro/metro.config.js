module.exports = { resolver: { platforms: ["ios"] }, reporter: { update() {} } };
